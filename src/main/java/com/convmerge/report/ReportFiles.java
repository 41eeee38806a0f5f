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
    private static final int LINES_LISTED = 100_000;

    private final RunRecords runs;
    private final RunReports reports;
    private final RunReportText text;
    private final Path directory;

    ReportFiles(RunRecords runs, RunReports reports, RunReportText text, Settings settings) {
        this.runs = runs;
        this.reports = reports;
        this.text = text;
        this.directory = settings.report().directory();
    }

    /** Throws {@link ReportNotWritten} if no report could be written now; writes nothing that stays. */
    public void check() {
        try {
            OwnerOnly.makeFolder(directory);
            Path trial = directory.resolve(".convmerge-" + UUID.randomUUID() + ".part");
            try {
                OwnerOnly.makeFile(trial);
                Files.writeString(trial, "The report of a run would fit here.");
            } finally {
                Files.deleteIfExists(trial);
            }
        } catch (IOException e) {
            throw notWritten("no report can be written to " + directory, e);
        }
    }

    /**
     * Writes the report of a run, and replaces an older report of it.
     *
     * @return the file; throws {@link ReportNotWritten} if it cannot be written
     */
    public Path write(long run) {
        return write(runs.find(run).orElseThrow());
    }

    private Path write(RunRecord run) {
        Long execution = run.executionId();
        String report = text.head(run) + "\n" + text.summary(run) + "\n"
                + (execution == null ? "" : text.woken(reports.woken(execution)))
                + text.problems(runs.problems(run.id(), LINES_LISTED))
                + (execution == null ? "" : finalMerges(execution));
        Path file = directory.resolve("run-" + run.id() + ".txt");
        try {
            OwnerOnly.makeFolder(directory);
            Path half = directory.resolve(".run-" + run.id() + "-" + UUID.randomUUID() + ".part");
            try {
                OwnerOnly.makeFile(half);
                Files.writeString(half, report, StandardCharsets.UTF_8);
                return Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            throw notWritten("the report " + file + " cannot be written", e);
        }
    }

    private String finalMerges(long execution) {
        return text.finalMerges(reports.countFinalMerges(execution))
                + text.finalMerges(reports.finalMerges(execution, LINES_LISTED));
    }

    private static ReportNotWritten notWritten(String what, IOException e) {
        return new ReportNotWritten(what + " (" + FileTrouble.reason(e)
                + "); put that right, or set convmerge.report.directory to another folder");
    }
}
