package com.convmerge.report;

import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.merge.OneLine;
import com.convmerge.retries.RetryEntry;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that is known about one request: its status, and its rows in the ledger and in the retry table. */
public final class RequestHistory {
    private final RequestReports reports;
    private final Ledger ledger;
    private final RunReportText text;

    RequestHistory(RequestReports reports, Ledger ledger, RunReportText text) {
        this.reports = reports;
        this.ledger = ledger;
        this.text = text;
    }

    /** What {@link JsonText} writes; the names are those of the tables. */
    private record RequestJson(
            @JsonUnwrapped RequestReport request,
            int attempts,
            @Nullable Instant nextAttemptAt,
            List<LedgerEntry> operations) {}

    /** For {@link JsonText}; empty if there is no such request. */
    public Optional<?> json(long requestId) {
        return reports.find(requestId)
                .map(request -> new RequestJson(
                        request,
                        request.retry() == null ? 0 : request.retry().attempts(),
                        request.nextAttemptAt(),
                        ledger.ofRequest(requestId)));
    }

    /** For a person; empty if there is no such request. */
    public Optional<String> text(long requestId) {
        return reports.find(requestId).map(request -> describe(request, ledger.ofRequest(requestId)));
    }

    private String describe(RequestReport request, List<LedgerEntry> entries) {
        String survivor = request.survivor();
        TextLines lines = new TextLines();
        lines.add(
                "Request %d: conversation %s%s%s",
                request.id(),
                RunReportText.pair(request.duplicate(), request.parent()),
                survivor == null || survivor.equals(request.parent()) ? "" : ", which goes into " + survivor,
                request.externalRef() == null ? "" : " (" + RunReportText.shown(request.externalRef()) + ")");
        lines.add("  %s%s", request.status(), request.detail() == null ? "" : ": " + OneLine.of(request.detail()));
        RetryEntry retry = request.retry();
        if (retry != null && retry.attempts() > 0) {
            Instant next = retry.nextAttemptAt();
            lines.add(
                    "  failed %d %s%s",
                    retry.attempts(),
                    retry.attempts() == 1 ? "time" : "times",
                    next == null ? "" : "; next try after " + text.time(next));
        }
        lines.add(entries.isEmpty() ? "%nNothing was sent for it." : "%nLedger");
        entries.forEach(entry -> lines.add("  %s", describe(entry)));
        return lines.toString();
    }

    private String describe(LedgerEntry entry) {
        return String.format(
                        "%-5s  %-10s  %d sent, the last at %s%s",
                        entry.kind().label(),
                        entry.state(),
                        entry.attempts(),
                        text.time(entry.lastSentAt()),
                        entry.settledAt() == null
                                ? ", no answer written down"
                                : ", settled at " + text.time(entry.settledAt()))
                + optional("HTTP ", entry.httpStatus())
                + optional("", entry.code())
                + optional("", entry.message())
                + optional("Intercom request id ", entry.intercomRequestId())
                + optional("ref ", entry.reference())
                + optional("Intercom id ", entry.remoteId());
    }

    private static String optional(String label, @Nullable Object value) {
        return value == null ? "" : "; " + label + value;
    }
}
