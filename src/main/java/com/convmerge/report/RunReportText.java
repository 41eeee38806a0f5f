package com.convmerge.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** A run's report in words; golden-file tests keep it. */
public final class RunReportText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z", Locale.ROOT);

    private final ZoneId zone;

    /** Times are told in {@code zone}. */
    public RunReportText(ZoneId zone) {
        this.zone = zone;
    }

    /** The counts, one a line. */
    public String summary(RunSummary summary) {
        StringBuilder text = new StringBuilder();
        if (summary.isNothingDone() && summary.pending() == 0) {
            text.append("Nothing was left to do: ")
                    .append(count(summary.mergedEver(), "request"))
                    .append(summary.mergedEver() == 1 ? " was" : " were")
                    .append(" merged before.\n");
        } else {
            line(text, summary.merged(), "merged: the duplicate has its note and its tag, and is closed");
            line(text, summary.rejected(), "rejected: cannot be done as asked, nothing was sent");
            line(text, summary.failed(), "failed: Intercom refused them for good, or the tries are used up");
            line(text, summary.postponed(), "postponed: in the retry table");
        }
        if (summary.pending() > 0) {
            line(text, summary.pending(), "pending: not begun, left to the next run");
        }
        if (summary.waiting() > 0) {
            text.append(count(summary.waiting(), "request"))
                    .append(summary.waiting() == 1 ? " waits" : " wait")
                    .append(" in the retry table")
                    .append(summary.nextAttemptAt() == null ? "" : ", the first until " + time(summary.nextAttemptAt()))
                    .append("; runs after that take them.\n");
        }
        return text.toString();
    }

    /** One line a request that was not merged. */
    public String problems(List<Problem> problems) {
        StringBuilder text = new StringBuilder();
        for (Problem problem : problems) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-8s  request %d (%s into %s): %s%s%n",
                    problem.status(),
                    problem.requestId(),
                    shown(problem.duplicate()),
                    shown(problem.parent()),
                    problem.detail() == null ? "" : oneLine(problem.detail(), " "),
                    problem.nextAttemptAt() == null ? "" : "; next try after " + time(problem.nextAttemptAt())));
        }
        return text.toString();
    }

    /** A time of the report. */
    public String time(Instant time) {
        return TIME.format(time.atZone(zone));
    }

    private static void line(StringBuilder text, long count, String what) {
        text.append(String.format(Locale.ROOT, "%,9d  %s%n", count, what));
    }

    private static String count(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    /** What somebody wrote into the table may be anything; a line of the report stays a line. */
    public static String shown(String id) {
        String oneLine = oneLine(id, "?");
        return oneLine.isBlank() ? "\"\"" : oneLine.length() > 40 ? oneLine.substring(0, 40) + "…" : oneLine;
    }

    /** Without line breaks of any alphabet, escape sequences and marks that turn the direction of the text. */
    private static String oneLine(String text, String instead) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", instead);
    }
}
