package com.convmerge.cli;

import com.convmerge.batch.Plan;
import com.convmerge.batch.Plan.Outcome;
import com.convmerge.report.RunReportText;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@link Plan} for a person. */
final class PlanText {
    private static final int LINES_SHOWN = 20;

    private final RunReportText text;

    PlanText(RunReportText text) {
        this.text = text;
    }

    /** @param at when the run would start */
    String of(Plan plan, Instant at) {
        StringBuilder out = new StringBuilder("Dry run: nothing was written, here or at Intercom.\n\n");
        Map<Outcome, Long> counts = plan.counts();
        count(out, counts, Outcome.MERGE, "would be merged, into " + plan.survivors() + " conversations");
        count(out, counts, Outcome.SAME_AS, "share the outcome of another request for the same pair");
        count(out, counts, Outcome.REJECT, "would be rejected");
        count(out, counts, Outcome.PARENT_CHECK_FAILS, "would go to the retry table: the parent cannot be read");
        count(out, counts, Outcome.LEFT, "would be left to a later run (--limit)");
        out.append(String.format(Locale.ROOT, "%n%,d calls to Intercom", plan.calls()));
        if (plan.callsAWindow() == 0) {
            out.append("; how long they take is not known, as Intercom's answers named no limit.\n");
        } else {
            out.append(String.format(
                    Locale.ROOT,
                    ", %s at the %,d calls in %d s that it grants. Started at %s it would end at %s.%n",
                    RunOutput.words(plan.takes()),
                    plan.callsAWindow(),
                    plan.window().toSeconds(),
                    text.time(at),
                    text.time(at.plus(plan.takes()))));
        }
        List<Plan.Line> refused = plan.lines().stream()
                .filter(line -> line.outcome() == Outcome.REJECT || line.outcome() == Outcome.PARENT_CHECK_FAILS)
                .toList();
        if (!refused.isEmpty()) {
            out.append("\nNot merged\n");
            refused.stream().limit(LINES_SHOWN).forEach(line -> out.append(line(line)));
            if (refused.size() > LINES_SHOWN) {
                out.append("  ... and ").append(refused.size() - LINES_SHOWN).append(" more; --out FILE lists all\n");
            }
        }
        if (!plan.notes().isEmpty()) {
            out.append("\nThe first notes\n");
            plan.notes().forEach(note -> out.append("  on ")
                    .append(note.conversation())
                    .append(":\n    ")
                    .append(note.html().replaceAll("\\R", "\n    "))
                    .append('\n'));
        }
        return out.toString();
    }

    private static void count(StringBuilder out, Map<Outcome, Long> counts, Outcome outcome, String what) {
        long count = counts.getOrDefault(outcome, 0L);
        if (count > 0 || outcome == Outcome.MERGE) {
            out.append(String.format(Locale.ROOT, "%,9d  %s%n", count, what));
        }
    }

    private static String line(Plan.Line line) {
        return String.format(
                Locale.ROOT,
                "  request %d (%s into %s): %s%n",
                line.requestId(),
                RunReportText.shown(line.duplicate()),
                RunReportText.shown(line.parent()),
                line.reason());
    }
}
