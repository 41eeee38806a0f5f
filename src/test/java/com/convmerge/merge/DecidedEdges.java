package com.convmerge.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Requests and the verdicts of {@link Survivors} on them. It checks by slow and simple means whether a request may be rejected. */
final class DecidedEdges {
    private final String description;
    private final List<MergeEdge> pairs;
    private final List<Verdict> verdicts = new ArrayList<>();
    private final Map<Long, MergeEdge> byRequest = new HashMap<>();

    DecidedEdges(String description, List<MergeEdge> pairs) {
        this.description = description;
        this.pairs = pairs;
        pairs.forEach(pair -> byRequest.put(pair.requestId(), pair));
        Survivors.resolve(pairs, verdicts::add);
    }

    /** How these requests were made, for messages. */
    String describe() {
        return description;
    }

    List<MergeEdge> pairs() {
        return pairs;
    }

    List<Verdict> verdicts() {
        return verdicts;
    }

    MergeEdge pair(long requestId) {
        MergeEdge pair = byRequest.get(requestId);
        if (pair == null) {
            throw new AssertionError(description + ": there is no request " + requestId);
        }
        return pair;
    }

    <V extends Verdict> Stream<V> verdictsOf(Class<V> kind) {
        return verdicts.stream().filter(kind::isInstance).map(kind::cast);
    }

    Stream<Verdict.Merge> merges() {
        return verdictsOf(Verdict.Merge.class);
    }

    /** The requests that were merged, that may have been merged, and that will be merged. */
    Stream<MergeEdge> applied() {
        Stream<MergeEdge> before = pairs.stream().filter(pair -> !pair.isOpen());
        return Stream.concat(before, merges().map(merge -> pair(merge.requestId())));
    }

    /** Whether another request has the same duplicate and another parent, or was begun for this duplicate and given up. */
    boolean hasRival(MergeEdge pair) {
        return pairs.stream()
                .filter(other -> other.duplicate() == pair.duplicate() && other.parent() != other.duplicate())
                .anyMatch(other -> other.parent() != pair.parent() || other.standing() == MergeEdge.Standing.GIVEN_UP);
    }

    /** Whether the chain of parents that begins at the request's duplicate leads back to it. */
    boolean isInCycle(MergeEdge pair) {
        Set<Long> passed = new HashSet<>();
        Set<Long> next = parentsOf(pair.duplicate());
        // If there is more than one parent, all these requests were rejected, and the chain ends here.
        while (next.size() == 1 && passed.addAll(next)) {
            next = parentsOf(next.iterator().next());
        }
        return passed.contains(pair.duplicate());
    }

    private Set<Long> parentsOf(long duplicate) {
        List<MergeEdge> asked = pairs.stream()
                .filter(pair -> pair.duplicate() == duplicate && pair.parent() != duplicate)
                .toList();
        List<MergeEdge> fixed = asked.stream().filter(pair -> !pair.isOpen()).toList();
        return (fixed.isEmpty() ? asked : fixed).stream().map(MergeEdge::parent).collect(Collectors.toSet());
    }
}
