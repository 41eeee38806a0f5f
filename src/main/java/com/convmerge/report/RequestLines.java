package com.convmerge.report;

import java.util.List;

/** Requests, a line each, with links to their conversations in the inbox. */
public final class RequestLines {
    /** A run that was asked for so few requests shows each of them. */
    public static final int FEW = 20;

    private final RequestReports reports;
    private final InboxLinks links;

    RequestLines(RequestReports reports, InboxLinks links) {
        this.reports = reports;
        this.links = links;
    }

    /** What an execution has merged, for people who look at the first ones; at most {@link #FEW}, and empty if that is nothing. */
    public String merged(long executionId) {
        List<RequestReport> merged = reports.merged(executionId, FEW);
        return merged.isEmpty() ? "" : new TextLines().add("Look at them in the inbox:") + text(merged);
    }

    /** One line for each request: where it stands, its duplicate and the parent, and the survivor if that is another one. */
    public String text(List<RequestReport> requests) {
        TextLines lines = new TextLines();
        for (RequestReport request : requests) {
            lines.add(
                    "%-8s  request %d%s: %s into %s%s",
                    request.status(),
                    request.id(),
                    request.externalRef() == null ? "" : " (" + RunReportText.shown(request.externalRef()) + ")",
                    links.orId(request.duplicate()),
                    links.orId(request.parent()),
                    request.isByWayOfParent()
                            ? ", which goes into " + links.orId(String.valueOf(request.survivor()))
                            : "");
        }
        return lines.toString();
    }
}
