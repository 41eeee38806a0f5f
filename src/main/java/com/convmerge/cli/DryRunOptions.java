package com.convmerge.cli;

import com.convmerge.merge.Strategy;
import com.convmerge.preview.DryRun;
import com.convmerge.preview.DryRunPlan;
import com.convmerge.preview.DryRunPlan.Result;
import com.convmerge.report.EmptyTable;
import com.convmerge.report.JsonText;
import com.convmerge.report.RunReportText;
import com.convmerge.report.RunReports;
import com.convmerge.report.TextLines;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Option;

/** {@code run --dry-run} and the options that belong to it. */
final class DryRunOptions {
    private static final int LINES_SHOWN = 20;

    @Option(
            names = "--dry-run",
            required = true,
            description =
                    "Read everything, write nothing, here or at Intercom, and print what would be done and how long it takes.")
    private boolean dryRun;

    @Option(
            names = "--at",
            paramLabel = "HH:MM",
            description = "Tell when it would end if it started at the next HH:MM.")
    private @Nullable LocalTime at;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the plan as CSV, one line a request, for review by a second person.")
    private @Nullable Path out;

    /** The plan for a program. */
    private record PlanJson(
            @JsonUnwrapped DryRunPlan plan,
            Instant wouldStartAt,
            Instant wouldEndAt,
            List<DryRunPlan.Line> requests,
            List<DryRunPlan.Note> notes) {}

    /** Makes the plan of a run with this limit, and prints it, for a program if {@code json}. */
    ExitCode print(Terminal terminal, BeanFactory beans, @Nullable Long limit, boolean json) {
        DryRunPlan plan = beans.getBean(DryRun.class).plan(limit);
        Instant now = beans.getBean(Clock.class).instant();
        Instant start = at == null ? now : Until.next(at, now, beans.getBean(ZoneId.class));
        if (json) {
            Instant end = start.plus(plan.takes());
            JsonText.write(new PlanJson(plan, start, end, plan.lines(), plan.notes()), terminal.out());
        } else {
            terminal.out().print(describe(plan, start, beans));
        }
        if (out != null) {
            DryRunCsv.write(plan, out);
            terminal.remark("The plan is in " + out + ".");
        }
        return ExitCode.DONE;
    }

    private static String describe(DryRunPlan plan, Instant start, BeanFactory beans) {
        TextLines lines = new TextLines()
                .add("Dry run: nothing was written, here or at Intercom.%n")
                .add("%s", plan.author().describe());
        if (plan.lines().isEmpty() && plan.plannedNotes().isNone()) {
            return lines + nothing(beans);
        }
        if (!plan.plannedNotes().isNone()) {
            lines.add("A run writes %s.", plan.plannedNotes().describe());
        }
        lines.add("");
        plan.counts().forEach((result, count) -> {
            if (count > 0 || result == Result.MERGE) {
                lines.add("%,9d  %s", count, describe(result, plan));
            }
        });
        describeStrategies(plan, lines);
        describeCalls(plan, start, beans.getBean(RunReportText.class), lines);
        describeRefused(plan, lines);
        describeNotes(plan, lines);
        return lines.toString();
    }

    private static String nothing(BeanFactory beans) {
        return EmptyTable.advice(beans.getBean(RunReports.class).requestsByStatus())
                .orElseGet(() ->
                        "Nothing is to be done now: no request is new, and none that waits for its next try is due."
                                + System.lineSeparator());
    }

    /** What cannot be taken back must be known before it is done. Without it there is only one way, which needs no word. */
    private static void describeStrategies(DryRunPlan plan, TextLines lines) {
        if (!plan.isFinalInPart()) {
            return;
        }
        lines.add("%nOf those that would be merged");
        plan.strategies().forEach((strategy, count) -> {
            if (count > 0) {
                lines.add("%,9d  %s: %s", count, strategy.word(), describe(strategy));
            }
        });
        lines.add(
                "%nWARNING: Intercom's own merge cannot be undone, by convmerge or by Intercom. To keep a way back, use the"
                        + " strategy link.");
    }

    private static String describe(Strategy strategy) {
        return switch (strategy) {
            case LINK -> "closed, with a link to the survivor";
            case NATIVE -> "by Intercom's own merge; what Intercom refuses to merge fails";
            case NATIVE_THEN_LINK -> "by Intercom's own merge; what Intercom refuses to merge is closed, with a link";
        };
    }

    private static void describeNotes(DryRunPlan plan, TextLines lines) {
        if (plan.notes().isEmpty()) {
            return;
        }
        lines.add("%nThe first notes");
        plan.notes().forEach(note -> {
            lines.add("  on the %s %s:", note.isOnSurvivor() ? "parent" : "duplicate", note.conversation());
            List<String> html = note.html().lines().toList();
            // Marked, so that a line break in a reason begins no line that could be taken for one of ours.
            html.stream().limit(LINES_SHOWN).forEach(line -> lines.add("    | %s", line));
            More.than(LINES_SHOWN, html.size(), "--json shows all of it").ifPresent(more -> lines.add("    %s", more));
        });
    }

    private static void describeRefused(DryRunPlan plan, TextLines lines) {
        List<DryRunPlan.Line> refused = plan.lines().stream()
                .filter(line -> line.outcome() == Result.REJECT || line.outcome() == Result.PARENT_CHECK_FAILS)
                .toList();
        if (!refused.isEmpty()) {
            lines.add("%nNot merged");
            refused.stream()
                    .limit(LINES_SHOWN)
                    .forEach(line -> lines.add(
                            "  request %d (%s): %s",
                            line.requestId(),
                            RunReportText.pair(line.duplicate(), line.parent()),
                            String.valueOf(line.reason())));
            More.than(LINES_SHOWN, refused.size(), "--out FILE lists all").ifPresent(more -> lines.add("  %s", more));
        }
    }

    private static String describe(Result result, DryRunPlan plan) {
        return switch (result) {
            case MERGE ->
                "would be merged, into " + plan.survivors()
                        + (plan.survivors() == 1 ? " conversation" : " conversations");
            case SAME_AS -> "share the outcome of another request for the same pair";
            case REJECT -> "would be rejected";
            case PARENT_CHECK_FAILS -> "would go to the retry table: the parent cannot be read";
            case LEFT -> "would be left to a later run (--limit)";
        };
    }

    private static void describeCalls(DryRunPlan plan, Instant start, RunReportText text, TextLines lines) {
        if (plan.callsAWindow() == 0) {
            lines.add(
                    "%n%,d calls to Intercom; how long they take is not known, as Intercom's answers named no limit.",
                    plan.calls());
        } else {
            lines.add(
                    "%n%,d calls to Intercom, %s at the %,d calls in %d s that it grants. Started at %s it would end at %s.",
                    plan.calls(),
                    RunReportText.duration(plan.takes()),
                    plan.callsAWindow(),
                    plan.window().toSeconds(),
                    text.time(start),
                    text.time(start.plus(plan.takes())));
        }
    }
}
