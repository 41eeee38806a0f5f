package com.convmerge.report;

import com.convmerge.merge.OneLine;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Formats the report of a run. The expected texts are stored in golden files of the tests. */
public final class RunReportText {
    private static final int ID_SHOWN = 40;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z", Locale.ROOT);

    private final ZoneId zone;

    /** Shows times in {@code zone}. */
    public RunReportText(ZoneId zone) {
        this.zone = zone;
    }

    /** The counts of a run, one per line. */
    public String summary(RunSummary summary) {
        TextLines text = new TextLines();
        if (summary.isNothingDone() && summary.pending() == 0) {
            String were = summary.mergedEver() == 1 ? "was" : "were";
            text.add("Nothing was left to do: %s %s merged before.", requests(summary.mergedEver()), were);
        } else {
            text.add("%,9d  merged: the duplicate has its note and its tag, and is closed", summary.merged());
            text.add("%,9d  rejected: cannot be done as asked", summary.rejected());
            text.add("%,9d  failed: Intercom refused them for good, or the tries are used up", summary.failed());
            text.add("%,9d  postponed: in the retry table", summary.postponed());
        }
        if (summary.pending() > 0) {
            text.add("%,9d  pending: not begun or in doubt, left to the next run", summary.pending());
        }
        if (summary.waiting() > 0) {
            text.add(
                    "%s %s in the retry table%s; runs after that take them.",
                    requests(summary.waiting()),
                    summary.waiting() == 1 ? "waits" : "wait",
                    summary.nextAttemptAt() == null ? "" : ", the first until " + time(summary.nextAttemptAt()));
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

    /** One line for each request that was not merged. */
    public String problems(List<RequestReport> requests) {
        TextLines text = new TextLines();
        for (RequestReport request : requests) {
            Instant next = request.nextAttemptAt();
            text.add(
                    "%-8s  request %d (%s): %s%s",
                    request.status(),
                    request.id(),
                    pair(request.duplicate(), request.parent()),
                    request.detail() == null ? "" : OneLine.of(request.detail()),
                    next == null ? "" : "; next try after " + time(next));
        }
        return text.toString();
    }

    /** A point in time. */
    public String time(Instant time) {
        return TIME.format(time.atZone(zone));
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
