package com.convmerge.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Requests, and what {@link Survivors} decided of them; asks again what may be rejected, by slow and simple means. */
final class DecidedEdges {
    private final String told;
    private final List<MergeEdge> pairs;
    private final List<Verdict> verdicts = new ArrayList<>();
    private final Map<Long, MergeEdge> byRequest = new HashMap<>();

    DecidedEdges(String told, List<MergeEdge> pairs) {
        this.told = told;
        this.pairs = pairs;
        pairs.forEach(pair -> byRequest.put(pair.requestId(), pair));
        Survivors.resolve(pairs, verdicts::add);
    }

    /** For messages: how these pairs came about. */
    String describe() {
        return told;
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
            throw new AssertionError(told + ": there is no request " + requestId);
        }
        return pair;
    }

    <V extends Verdict> Stream<V> verdictsOf(Class<V> kind) {
        return verdicts.stream().filter(kind::isInstance).map(kind::cast);
    }

    Stream<Verdict.Merge> merges() {
        return verdictsOf(Verdict.Merge.class);
    }

    /** What was merged, or may have been, and what will be. */
    Stream<MergeEdge> applied() {
        Stream<MergeEdge> before = pairs.stream().filter(pair -> !pair.isOpen());
        return Stream.concat(before, merges().map(merge -> pair(merge.requestId())));
    }

    /** Whether the pair's duplicate is asked into another parent, or was begun and given up. */
    boolean hasRival(MergeEdge pair) {
        return pairs.stream()
                .filter(other -> other.duplicate() == pair.duplicate() && other.parent() != other.duplicate())
                .anyMatch(other -> other.parent() != pair.parent() || other.standing() == MergeEdge.Standing.GIVEN_UP);
    }

    /** Whether whoever follows the parents from the pair's duplicate comes back to it. */
    boolean isInCycle(MergeEdge pair) {
        Set<Long> passed = new HashSet<>();
        Set<Long> next = parentsOf(pair.duplicate());
        // More than one parent: all of them were rejected, so the way ends here.
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
