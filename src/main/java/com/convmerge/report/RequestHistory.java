package com.convmerge.report;

import com.convmerge.ledger.LedgerHistory;
import java.util.Optional;

/** Tells everything that is known of one request: where it stands, and what was sent for it. */
public final class RequestHistory {
    private final RunReports reports;
    private final LedgerHistory ledger;
    private final RequestText text;

    RequestHistory(RunReports reports, LedgerHistory ledger, RunReportText text) {
        this.reports = reports;
        this.ledger = ledger;
        this.text = new RequestText(text);
    }

    /** For a person; empty if there is no such request. */
    public Optional<String> text(long requestId) {
        return reports.request(requestId).map(request -> text.of(request, ledger.ofRequest(requestId)));
    }

    /** For a program; empty if there is no such request. */
    public Optional<String> json(long requestId) {
        return reports.request(requestId).map(request -> RequestJson.of(request, ledger.ofRequest(requestId)));
    }
}
