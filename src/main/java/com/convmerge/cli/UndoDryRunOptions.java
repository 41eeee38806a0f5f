package com.convmerge.cli;

import com.convmerge.preview.UndoPreview;
import com.convmerge.preview.UndoPreview.Line;
import com.convmerge.preview.UndoPreview.Result;
import com.convmerge.report.JsonText;
import com.convmerge.report.RunReportText;
import com.convmerge.report.TextLines;
import com.convmerge.run.RunJournal;
import com.convmerge.undo.UndoOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Option;

/** {@code undo --dry-run} and the option that belongs to it. */
final class UndoDryRunOptions {
    private static final int LINES_SHOWN = 20;

    @Option(
            names = "--dry-run",
            required = true,
            description = "Read everything, write nothing, here or at Intercom, and print what would become of each.")
    private boolean dryRun;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the plan as CSV, one line a merge, for review by a second person.")
    private @Nullable Path out;

    /** Makes the plan and prints it, for a program if {@code json}. */
    ExitCode print(UndoOrder order, Terminal terminal, BeanFactory beans, boolean json) {
        UndoPreview.Plan plan =
                beans.getBean(UndoPreview.class).plan(order, beans.getBean(RunJournal.class)::executionsOf);
        if (json) {
            JsonText.write(plan, terminal.out());
        } else {
            terminal.out().print(describe(plan));
        }
        if (out != null) {
            write(plan, out);
            terminal.remark("The plan is in " + out + ".");
        }
        return ExitCode.DONE;
    }

    private static String describe(UndoPreview.Plan plan) {
        TextLines lines = new TextLines()
                .add("Dry run: nothing was written, here or at Intercom.%n")
                .add("%s%n", plan.author().describe());
        Map<Result, Long> counts = plan.lines().stream()
                .collect(Collectors.groupingBy(Line::outcome, TreeMap::new, Collectors.counting()));
        // In the order in which the results are declared.
        counts.forEach((result, count) -> lines.add("%,9d  %s", count, describe(result)));
        if (plan.lines().isEmpty()) {
            lines.add("Nothing is merged that could be taken back.");
        }
        list(
                plan.lines().stream()
                        .filter(line -> line.outcome() == Result.LEAVE || line.outcome() == Result.CANNOT)
                        .map(line -> "request " + line.requestId() + " ("
                                + RunReportText.pair(line.duplicate(), line.parent()) + "): " + line.reason())
                        .toList(),
                lines);
        list(plan.chains().stream().map(UndoDryRunOptions::describe).toList(), lines);
        return lines.toString();
    }

    private static void list(List<String> all, TextLines lines) {
        if (!all.isEmpty()) {
            lines.add("");
            all.stream().limit(LINES_SHOWN).forEach(line -> lines.add("  %s", line));
            More.than(LINES_SHOWN, all.size(), "--json shows all").ifPresent(more -> lines.add("  %s", more));
        }
    }

    private static String describe(Result result) {
        return switch (result) {
            case OPEN -> "would be opened again";
            case SNOOZE -> "would be snoozed again, until the same time";
            case LEAVE -> "would get the note of the undo, and lose our tag; their state stays, for the reasons below";
            case CANNOT -> "would stay merged, for the reasons below";
        };
    }

    /** What is merged still although the way that it took is taken back. */
    static String describe(UndoPreview.Chain chain) {
        return "request " + chain.requestId() + ": conversation " + chain.duplicate() + " was merged by way of "
                + chain.byWayOf() + ", and stays merged into " + chain.survivor();
    }

    private static void write(UndoPreview.Plan plan, Path file) {
        DryRunCsv.write(
                List.of(
                        "request_id",
                        "duplicate",
                        "parent",
                        "survivor",
                        "outcome",
                        "reason",
                        "untags",
                        "redacts",
                        "tells_parent"),
                plan.lines().stream()
                        .map(line -> List.of(
                                Long.toString(line.requestId()),
                                line.duplicate(),
                                line.parent(),
                                line.survivor(),
                                line.outcome().name(),
                                Objects.requireNonNullElse(line.reason(), ""),
                                Boolean.toString(line.untags()),
                                Boolean.toString(line.redacts()),
                                Boolean.toString(line.tellsParent()))),
                file);
    }
}
