package com.convmerge.report;

import com.convmerge.ledger.LedgerRow;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Everything that is known of one request, for a person. */
final class RequestText {
    private final RunReportText text;

    RequestText(RunReportText text) {
        this.text = text;
    }

    String of(RequestReport request, List<LedgerRow> ledger) {
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "Request %d: conversation %s into %s%s%s%n",
                request.id(),
                RunReportText.shown(request.duplicate()),
                RunReportText.shown(request.parent()),
                request.survivor() == null || request.survivor().equals(request.parent())
                        ? ""
                        : ", which goes into " + request.survivor(),
                request.externalRef() == null ? "" : " (" + RunReportText.shown(request.externalRef()) + ")"));
        out.append("  ").append(request.status());
        out.append(request.detail() == null ? "\n" : ": " + request.detail() + "\n");
        if (request.attempts() > 0) {
            out.append("  failed ").append(request.attempts()).append(request.attempts() == 1 ? " time" : " times");
            out.append(
                    request.nextAttemptAt() == null
                            ? "\n"
                            : "; next try after " + text.time(request.nextAttemptAt()) + "\n");
        }
        out.append(ledger.isEmpty() ? "\nNothing was sent for it.\n" : "\nLedger\n");
        ledger.forEach(row -> out.append(line(row)));
        return out.toString();
    }

    private String line(LedgerRow row) {
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "  %-5s  %-10s  %d sent, the last at %s%s",
                row.operation().label(),
                row.state(),
                row.attempts(),
                text.time(row.lastSentAt()),
                row.settledAt() == null ? ", no answer written down" : ", settled at " + text.time(row.settledAt())));
        append(out, "HTTP ", row.httpStatus());
        append(out, "", row.code());
        append(out, "", row.message());
        append(out, "Intercom request id ", row.intercomRequestId());
        append(out, "ref ", row.reference());
        append(out, "Intercom id ", row.remoteId());
        return out.append('\n').toString();
    }

    private static void append(StringBuilder out, String what, @Nullable Object value) {
        if (value != null) {
            out.append("; ").append(what).append(value);
        }
    }
}
