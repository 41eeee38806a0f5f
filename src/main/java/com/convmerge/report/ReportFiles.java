package com.convmerge.report;

import com.convmerge.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Writes the report of a run to a file. */
public final class ReportFiles {
    private static final int PROBLEMS_LISTED = 100_000;

    private final RunReports reports;
    private final RequestReports requests;
    private final RunReportText text;
    private final Path directory;

    ReportFiles(RunReports reports, RequestReports requests, RunReportText text, Settings settings) {
        this.reports = reports;
        this.requests = requests;
        this.text = text;
        this.directory = settings.report().directory();
    }

    /**
     * Writes the report of an execution, and replaces an older report of it.
     *
     * @return the file; throws {@link ReportNotWritten} if it cannot be written
     */
    public Path write(long executionId) {
        String report = "convmerge run " + executionId + "\n\n" + text.summary(reports.summary(executionId)) + "\n"
                + text.woken(reports.woken(executionId))
                + text.problems(requests.notMerged(executionId, PROBLEMS_LISTED));
        Path file = directory.resolve("run-" + executionId + ".txt");
        try {
            OwnerOnly.makeFolder(directory);
            Path half = directory.resolve(".run-" + executionId + "-" + UUID.randomUUID() + ".part");
            try {
                OwnerOnly.makeFile(half);
                Files.writeString(half, report, StandardCharsets.UTF_8);
                return Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            throw new ReportNotWritten("the report " + file + " cannot be written (" + e
                    + "); make room there, or set convmerge.report.directory to another folder");
        }
    }
}
