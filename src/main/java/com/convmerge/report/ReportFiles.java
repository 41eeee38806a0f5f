package com.convmerge.report;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
     * @return the file; throws {@link ConfigurationProblem} if it cannot be written
     */
    public Path write(long executionId) {
        String report = "convmerge run " + executionId + "\n\n" + text.summary(reports.summary(executionId)) + "\n"
                + text.problems(requests.notMerged(executionId, PROBLEMS_LISTED));
        Path file = directory.resolve("run-" + executionId + ".txt");
        try {
            Files.createDirectories(directory);
            // Not createTempFile: only its owner can read such a file, but the umask is to decide who reads a report.
            Path half = directory.resolve(".run-" + executionId + "-" + UUID.randomUUID() + ".part");
            try {
                Files.writeString(half, report, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
                return Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            throw new ConfigurationProblem("the report " + file + " cannot be written (" + e
                    + "); set convmerge.report.directory to a folder that can");
        }
    }
}
