package com.convmerge.preview;

import com.convmerge.ledger.Ledger;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.NewRequest;
import com.convmerge.merge.Strategy;
import com.convmerge.merge.Verdict;
import com.convmerge.preview.DryRunPlan.Line;
import com.convmerge.preview.DryRunPlan.Result;
import com.convmerge.requests.PendingRequests;
import com.convmerge.requests.Requests;
import com.convmerge.requests.SurvivorPlanner;
import com.convmerge.retries.Retries;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The requests that a run would take now, and what resolveSurvivors would decide about each. */
record PlannedRequests(
        Requests requests,
        PendingRequests pending,
        SurvivorPlanner planner,
        Ledger ledger,
        Retries retries,
        Clock clock) {
    /** Adds a line for each request, in the order of their ids; returns those that are to be merged. */
    List<MergeRequest> find(Map<Long, Line> lines) {
        Map<Long, Verdict> verdicts = new HashMap<>();
        planner.decide(pending.lastId(), ledger.begunRequests())
                .forEach(verdict -> verdicts.put(verdict.requestId(), verdict));
        List<MergeRequest> merges = new ArrayList<>();
        requests.candidates(retries.due(clock.instant())::contains).forEach((id, asked) -> {
            Verdict verdict = verdicts.get(id);
            if (verdict instanceof Verdict.Merge merge) {
                MergeRequest request = request(id, asked, ConversationId.of(merge.survivor()));
                lines.put(id, Line.of(request, Result.MERGE, null));
                merges.add(request);
            } else if (verdict instanceof Verdict.Reject reject) {
                lines.put(id, Line.of(id, asked, Result.REJECT, reject.reason()));
            } else if (verdict instanceof Verdict.SameAs same) {
                lines.put(id, Line.of(id, asked, Result.SAME_AS, "the same pair as request " + same.firstRequestId()));
            }
        });
        return merges;
    }

    private static MergeRequest request(long id, NewRequest asked, ConversationId survivor) {
        return new MergeRequest(
                id,
                new ConversationId(asked.parent()),
                new ConversationId(asked.duplicate()),
                survivor,
                asked.reason(),
                asked.requestedBy(),
                asked.externalRef(),
                Strategy.of(Objects.requireNonNullElse(asked.strategy(), "")).orElse(null));
    }
}
