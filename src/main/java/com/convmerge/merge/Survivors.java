package com.convmerge.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Finds, over all requests of this and earlier runs, the conversation into which each duplicate is merged in the end.
 *
 * <p>Each duplicate has at most one parent, so the requests form chains that end in a survivor or in a cycle. The work is linear
 * in the number of edges, because every conversation is visited once.
 */
public final class Survivors {
    private static final int REQUESTS_NAMED = 10;

    private final Consumer<Verdict> verdicts;
    /** The one edge that decides into which parent each duplicate is merged. A rejected edge is removed. */
    private final Map<Long, MergeEdge> byDuplicate = new HashMap<>();
    /** Further open edges of the same duplicate. They are rare, so a million requests do not need a million lists. */
    private final Map<Long, List<MergeEdge>> further = new HashMap<>();

    private final List<MergeEdge> open = new ArrayList<>();
    private final Map<Long, Long> survivors = new HashMap<>();

    private Survivors(Consumer<Verdict> verdicts) {
        this.verdicts = verdicts;
    }

    /**
     * Decides every pair that is {@link MergeEdge.Standing#OPEN}.
     *
     * @param pairs all pairs, in the order of their request ids
     * @param verdicts takes one verdict for each open pair
     */
    public static void resolve(Iterable<MergeEdge> pairs, Consumer<Verdict> verdicts) {
        Survivors graph = new Survivors(verdicts);
        pairs.forEach(pair -> {
            if (!pair.isOpen()) {
                graph.byDuplicate.putIfAbsent(pair.duplicate(), pair);
            }
        });
        pairs.forEach(pair -> {
            if (pair.isOpen()) {
                graph.add(pair);
            }
        });
        List.copyOf(graph.further.keySet()).forEach(graph::keepOneParent);
        graph.open.removeIf(pair -> graph.byDuplicate.get(pair.duplicate()) != pair);
        graph.breakCycles();
        graph.tellSurvivors();
    }

    private void add(MergeEdge pair) {
        if (pair.parent() == pair.duplicate()) {
            reject(pair, "merges conversation " + pair.duplicate() + " into itself");
        } else if (byDuplicate.putIfAbsent(pair.duplicate(), pair) == null) {
            open.add(pair);
        } else {
            further.computeIfAbsent(pair.duplicate(), duplicate -> new ArrayList<>())
                    .add(pair);
        }
    }

    private void keepOneParent(Long duplicate) {
        MergeEdge first = Objects.requireNonNull(byDuplicate.get(duplicate));
        List<MergeEdge> others = Objects.requireNonNull(further.get(duplicate));
        if (!first.isOpen()) {
            others.removeIf(other -> rejectRival(first, other));
            return;
        }
        if (others.stream().allMatch(other -> other.parent() == first.parent())) {
            return;
        }
        byDuplicate.remove(duplicate);
        further.remove(duplicate);
        List<MergeEdge> rivals = new ArrayList<>(others);
        rivals.add(0, first);
        rivals.forEach(pair -> reject(pair, askedIntoTwoParents(pair, rivals)));
    }

    private boolean rejectRival(MergeEdge first, MergeEdge other) {
        if (first.standing() == MergeEdge.Standing.GIVEN_UP) {
            reject(other, named(List.of(first)) + " was begun and given up; release that one instead");
            return true;
        }
        if (other.parent() != first.parent()) {
            String when = first.standing() == MergeEdge.Standing.MERGED ? "was merged" : "is being merged";
            reject(
                    other,
                    "conversation " + first.duplicate() + " " + when + " into another parent: "
                            + named(List.of(first)));
            return true;
        }
        return false;
    }

    /** Follows each chain once. A duplicate that is reached twice on the same way closes a cycle, whose open requests are rejected. */
    private void breakCycles() {
        Set<Long> seen = new HashSet<>();
        for (MergeEdge start : open) {
            Map<Long, Integer> walk = new HashMap<>();
            List<MergeEdge> path = new ArrayList<>();
            MergeEdge next = start;
            while (next != null && seen.add(next.duplicate())) {
                walk.put(next.duplicate(), path.size());
                path.add(next);
                next = byDuplicate.get(next.parent());
            }
            Integer cycleStart = next == null ? null : walk.get(next.duplicate());
            if (cycleStart != null) {
                rejectCycle(path.subList(cycleStart, path.size()));
            }
        }
    }

    private void rejectCycle(List<MergeEdge> cycle) {
        String reason = "closes a cycle in which nothing would stay open: " + named(cycle);
        for (MergeEdge pair : cycle) {
            if (pair.isOpen()) {
                byDuplicate.remove(pair.duplicate());
                reject(pair, reason);
                List<MergeEdge> same = further.remove(pair.duplicate());
                if (same != null) {
                    same.forEach(other -> reject(other, reason));
                }
            }
        }
    }

    private void tellSurvivors() {
        for (MergeEdge pair : open) {
            if (byDuplicate.get(pair.duplicate()) == pair) {
                verdicts.accept(new Verdict.Merge(
                        pair.requestId(), pair.parent(), pair.duplicate(), survivorOf(pair.parent())));
            }
        }
        further.forEach((duplicate, same) -> {
            long first = Objects.requireNonNull(byDuplicate.get(duplicate)).requestId();
            same.forEach(pair -> verdicts.accept(new Verdict.SameAs(pair.requestId(), first)));
        });
    }

    private long survivorOf(long conversation) {
        List<Long> path = new ArrayList<>();
        long last = conversation;
        Long known = survivors.get(last);
        MergeEdge next = byDuplicate.get(last);
        while (known == null && next != null) {
            path.add(last);
            last = next.parent();
            known = survivors.get(last);
            // A cycle without any open edge can only come from rows that were changed by hand. It must not block the
            // run.
            next = path.size() > byDuplicate.size() ? null : byDuplicate.get(last);
        }
        long survivor = known == null ? last : known;
        path.forEach(passed -> survivors.put(passed, survivor));
        return survivor;
    }

    private void reject(MergeEdge pair, String reason) {
        verdicts.accept(new Verdict.Reject(pair.requestId(), reason));
    }

    private static String askedIntoTwoParents(MergeEdge pair, List<MergeEdge> rivals) {
        List<MergeEdge> others = rivals.stream().filter(other -> other != pair).toList();
        return "conversation " + pair.duplicate() + " is asked into more than one parent: also " + named(others);
    }

    private static String named(List<MergeEdge> pairs) {
        String named = pairs.stream()
                .limit(REQUESTS_NAMED)
                .map(pair -> "request " + pair.requestId() + " (" + pair.duplicate() + " into " + pair.parent() + ")")
                .collect(Collectors.joining(", "));
        return pairs.size() > REQUESTS_NAMED ? named + " and " + (pairs.size() - REQUESTS_NAMED) + " more" : named;
    }
}
