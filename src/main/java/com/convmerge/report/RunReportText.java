package com.convmerge.report;

import com.convmerge.merge.OneLine;
import com.convmerge.merge.RequestStatus;
import com.convmerge.merge.ShownTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** Formats the report of a run. The expected texts are stored in golden files of the tests. */
public final class RunReportText {
    private static final int ID_SHOWN = 40;

    private final ZoneId zone;

    /** Shows times in {@code zone}. */
    public RunReportText(ZoneId zone) {
        this.zone = zone;
    }

    /** What a run did, one line per count. */
    public String summary(RunRecord run) {
        return run.kind() == RunRecord.Kind.UNDO ? undone(run.summary()) : summary(run.summary());
    }

    private static String undone(RunSummary summary) {
        TextLines text = new TextLines();
        if (summary.isNothingDone() && summary.pending() == 0) {
            text.add("Nothing was left to take back.");
            return text.toString();
        }
        text.add(
                "%,9d  taken back: our tag is off, and what we closed is open or snoozed again, unless it says otherwise below",
                summary.undone());
        text.add("%,9d  not taken back: they stay merged, for the reasons below", summary.failed());
        if (summary.pending() > 0) {
            text.add("%,9d  not begun", summary.pending());
        }
        return text.toString();
    }

    /** The counts of a run, one per line. */
    String summary(RunSummary summary) {
        TextLines text = new TextLines();
        if (summary.isNothingDone() && summary.pending() == 0) {
            String were = summary.mergedEver() == 1 ? "was" : "were";
            text.add("Nothing was left to do: %s %s merged before.", requests(summary.mergedEver()), were);
        } else {
            text.add("%,9d  merged: the duplicate has its note and its tag, and is closed", summary.merged());
            text.add("%,9d  rejected: cannot be done as asked", summary.rejected());
            text.add("%,9d  failed: Intercom refused them for good, or the tries are used up", summary.failed());
            text.add("%,9d  postponed: tried again by a later run", summary.postponed());
        }
        if (summary.pending() > 0) {
            text.add("%,9d  pending: not finished, left to the next run", summary.pending());
        }
        if (summary.waiting() > 0) {
            text.add(
                    "%s %s for the next try%s; runs after that take %s.",
                    requests(summary.waiting()),
                    summary.waiting() == 1 ? "waits" : "wait",
                    nextTry(summary),
                    summary.waiting() == 1 ? "it" : "them");
        }
        if (summary.givenUp() > summary.failed()) {
            text.add(
                    "%s %s given up, tonight or earlier, and %s for an operator: 'retries list', then release or drop.",
                    requests(summary.givenUp()),
                    summary.givenUp() == 1 ? "is" : "are",
                    summary.givenUp() == 1 ? "waits" : "wait");
        }
        return text.toString();
    }

    private String nextTry(RunSummary summary) {
        Instant next = summary.nextAttemptAt();
        return next == null ? "" : (summary.waiting() == 1 ? ", until " : ", the first until ") + time(next);
    }

    /** How many merges cannot be taken back; empty if all can be. */
    public String finalMerges(long count) {
        return count == 0
                ? ""
                : new TextLines()
                        .add(
                                "%s by Intercom's own merge: %s final, and nothing can take %s back.",
                                count == 1
                                        ? "1 of the merged requests was done"
                                        : String.format(Locale.ROOT, "%,d of the merged requests were done", count),
                                count == 1 ? "it is" : "they are",
                                count == 1 ? "it" : "them")
                        .toString();
    }

    /** One line for each merge that cannot be taken back. */
    String finalMerges(List<FinalMerge> merges) {
        TextLines text = new TextLines();
        merges.forEach(merge -> text.add(
                "%-8s  request %d (%s): by Intercom's own merge",
                "FINAL", merge.requestId(), pair(merge.duplicate(), merge.survivor())));
        return text.toString();
    }

    /** One line for each snoozed survivor that was woken. */
    String woken(List<WokenSurvivor> survivors) {
        TextLines text = new TextLines();
        survivors.forEach(survivor -> text.add(
                "Parent %s was snoozed until %s: its note has woken it, and it is %s.",
                shown(survivor.conversation()),
                time(survivor.until()),
                survivor.isAsleep() ? "snoozed again" : "awake"));
        return text.toString();
    }

    /** Which run it is, how it ended and when. */
    String head(RunRecord run) {
        TextLines text = new TextLines();
        text.add(
                "convmerge run %d%s: %s, %s to %s, %s%s.",
                run.id(),
                run.kind() == RunRecord.Kind.UNDO ? " (undo)" : "",
                run.outcome(),
                time(run.startedAt()),
                time(run.endedAt()),
                duration(run.length()),
                restarts(run));
        return text.toString();
    }

    /** How often a run was restarted; empty if it never was. */
    public static String restarts(RunRecord run) {
        return switch (run.restarts()) {
            case 0 -> "";
            case 1 -> ", restarted once";
            default -> ", restarted " + run.restarts() + " times";
        };
    }

    /** One line for each request that a run did not merge, as it was when the run ended, and what it is now if that is another. */
    public String problems(List<RunProblem> problems) {
        TextLines text = new TextLines();
        for (RunProblem problem : problems) {
            Instant next = problem.nextAttemptAt();
            text.add(
                    "%-8s  request %d (%s): %s%s%s",
                    problem.status(),
                    problem.requestId(),
                    pair(problem.duplicate(), problem.parent()),
                    problem.detail() == null ? "" : OneLine.of(problem.detail()),
                    next == null || problem.status() != RequestStatus.RETRY ? "" : "; next try after " + time(next),
                    since(problem));
        }
        return text.toString();
    }

    private static String since(RunProblem problem) {
        RequestStatus now = problem.now();
        if (now == problem.status()) {
            return "";
        }
        return now == null ? "; its row was deleted since" : "; since then it became " + now;
    }

    /** A point in time. */
    public String time(Instant time) {
        return ShownTime.in(zone, time);
    }

    /** A length of time in its two largest units, such as {@code 2 h 5 min}. */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3_600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3_600 + " h " + seconds / 60 % 60 + " min";
    }

    /** The two conversations of a request, such as {@code 102 into 100}. */
    public static String pair(String duplicate, String parent) {
        return shown(duplicate) + " into " + shown(parent);
    }

    /**
     * An id as somebody wrote it into the table, which may be any text. An id contains no line break and no other control
     * character, so each of them appears as a question mark and not as white space.
     */
    static String shown(String id) {
        String line = OneLine.exact(id, ID_SHOWN);
        return line.isBlank() ? "\"\"" : line;
    }

    private static String requests(long count) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "request" : "requests");
    }
}
