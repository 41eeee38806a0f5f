package com.convmerge.requests;

import com.convmerge.merge.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an earlier run has written down about the requests, so that only what changes is written. */
final class KnownPlan {
    /** Stands in place of a survivor that was planned for something else than the row says now. No conversation has it. */
    private static final Long OUT_OF_DATE = -1L;

    private final Map<Long, Long> survivors = new HashMap<>();
    private final Set<Long> waitForAnother = new HashSet<>();
    private final List<Long> obsolete = new ArrayList<>();

    /**
     * @param survivor what is planned for the request; null if it is in no plan
     * @param isAsPlanned whether the request's row is as it was then
     * @param waits whether it waits for another request of the same pair
     */
    void learn(long requestId, @Nullable String survivor, boolean isAsPlanned, boolean waits) {
        if (survivor != null) {
            survivors.put(requestId, isAsPlanned ? Long.valueOf(survivor) : OUT_OF_DATE);
        }
        if (waits) {
            waitForAnother.add(requestId);
        }
    }

    /**
     * The graph does not count a request that was given up before it was begun. So what was once planned for it is obsolete: an
     * operator may release it while the run is under way, and then it must wait for the next run to decide about it.
     */
    void forget(long requestId) {
        if (survivors.remove(requestId) != null) {
            obsolete.add(requestId);
        }
    }

    /** The requests that are in the plan and must leave it. */
    List<Long> obsolete() {
        return obsolete;
    }

    boolean isPlanned(long requestId) {
        return survivors.containsKey(requestId);
    }

    boolean waitsForAnother(long requestId) {
        return waitForAnother.contains(requestId);
    }

    /** Whether the tables already hold what the verdict says. */
    boolean holds(Verdict verdict) {
        return verdict instanceof Verdict.Merge merge
                && !waitsForAnother(merge.requestId())
                && Long.valueOf(merge.survivor()).equals(survivors.get(merge.requestId()));
    }
}
