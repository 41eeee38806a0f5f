package com.convmerge.requests;

import com.convmerge.merge.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What an earlier run decided of the open requests, so that only what changes is written. */
final class KnownPlan {
    private final Map<Long, Long> survivors = new HashMap<>();
    private final Set<Long> waitForAnother = new HashSet<>();

    void planned(long requestId, long survivor) {
        survivors.put(requestId, survivor);
    }

    void waits(long requestId) {
        waitForAnother.add(requestId);
    }

    boolean isPlanned(long requestId) {
        return survivors.containsKey(requestId);
    }

    /** Whether the request waits for another of the same pair. */
    boolean waitsForAnother(long requestId) {
        return waitForAnother.contains(requestId);
    }

    /** Whether the tables say already what the verdict says. */
    boolean says(Verdict verdict) {
        return verdict instanceof Verdict.Merge merge
                && !waitsForAnother(merge.requestId())
                && Long.valueOf(merge.survivor()).equals(survivors.get(merge.requestId()));
    }
}
