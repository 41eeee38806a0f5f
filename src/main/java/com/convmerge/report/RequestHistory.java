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
    private final Ledger ledger;
    private final InboxLinks links;
    private final RunReportText text;

    RequestHistory(Ledger ledger, InboxLinks links, RunReportText text) {
        this.ledger = ledger;
        this.links = links;
        this.text = text;
    }

    /** What {@link JsonText} writes; the names are those of the tables. */
    private record RequestJson(
            @JsonUnwrapped RequestReport request,
            int attempts,
            @Nullable Instant nextAttemptAt,
            @Nullable Instant droppedAt,
            @Nullable String dropReason,
            @Nullable String duplicateLink,
            @Nullable String parentLink,
            List<LedgerEntry> operations) {}

    /** For {@link JsonText}. */
    public Object json(RequestReport request) {
        RetryEntry retry = request.retry();
        return new RequestJson(
                request,
                retry == null ? 0 : retry.attempts(),
                request.nextAttemptAt(),
                retry == null ? null : retry.droppedAt(),
                retry == null ? null : retry.dropReason(),
                links.to(request.duplicate()).orElse(null),
                links.to(request.parent()).orElse(null),
                ledger.ofRequest(request.id()));
    }

    /** For a person. */
    public String text(RequestReport request) {
        TextLines lines = new TextLines();
        String survivor = request.survivor();
        lines.add(
                "Request %d: conversation %s%s%s",
                request.id(),
                RunReportText.pair(request.duplicate(), request.parent()),
                request.isByWayOfParent() ? ", which goes into " + survivor : "",
                request.externalRef() == null ? "" : " (" + RunReportText.shown(request.externalRef()) + ")");
        lines.add("  %s%s", request.status(), request.detail() == null ? "" : ": " + OneLine.of(request.detail()));
        if (request.retry() != null) {
            describe(request.retry(), lines);
        }
        links.to(request.duplicate()).ifPresent(link -> lines.add("  duplicate  %s", link));
        links.to(request.parent()).ifPresent(link -> lines.add("  parent     %s", link));
        if (request.isByWayOfParent()) {
            links.to(String.valueOf(survivor)).ifPresent(link -> lines.add("  survivor   %s", link));
        }
        List<LedgerEntry> entries = ledger.ofRequest(request.id());
        lines.add(entries.isEmpty() ? "%nNothing was sent for it." : "%nLedger");
        entries.forEach(entry -> lines.add("  %s", describe(entry)));
        return lines.toString();
    }

    private void describe(RetryEntry retry, TextLines lines) {
        Instant next = retry.nextAttemptAt();
        if (retry.attempts() > 0) {
            lines.add(
                    "  failed %d %s%s",
                    retry.attempts(),
                    retry.attempts() == 1 ? "time" : "times",
                    next == null ? "" : "; next try after " + text.time(next));
        }
        dropped(retry).ifPresent(dropped -> lines.add("  %s", dropped));
    }

    /** When and why an operator has dropped the request, or that one had before it was released; empty if none ever has. */
    public Optional<String> dropped(RetryEntry retry) {
        String reason = retry.dropReason();
        String why = reason == null ? "" : ": " + OneLine.of(reason);
        if (retry.droppedAt() != null) {
            return Optional.of("dropped by an operator at " + text.time(retry.droppedAt()) + why);
        }
        return reason == null
                ? Optional.empty()
                : Optional.of("was dropped by an operator before it was released" + why);
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
