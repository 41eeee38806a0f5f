package com.convmerge.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Properties that hold for all requests. Each failure names the seed that reproduces it. */
class SurvivorsPropertyTest {
    private static final int GRAPHS = 3_000;

    @Test
    void each_open_request_gets_one_verdict_and_no_other_gets_any() {
        forEachGraph(graph -> assertThat(graph.verdicts().stream().map(Verdict::requestId))
                .as(graph.describe())
                .containsExactlyInAnyOrderElementsOf(graph.pairs().stream()
                        .filter(MergeEdge::isOpen)
                        .map(MergeEdge::requestId)
                        .toList()));
    }

    @Test
    void a_duplicate_is_merged_at_most_once() {
        forEachGraph(
                graph -> assertThat(graph.applied().map(MergeEdge::duplicate).toList())
                        .as(graph.describe())
                        .doesNotHaveDuplicates());
    }

    @Test
    void a_survivor_is_not_merged_itself_and_is_the_end_of_the_requested_chain() {
        forEachGraph(graph -> {
            Map<Long, Long> parents =
                    graph.applied().collect(Collectors.toMap(MergeEdge::duplicate, MergeEdge::parent));
            graph.merges().forEach(merge -> assertThat(merge.survivor())
                    .as(graph.describe() + ", " + merge)
                    .isEqualTo(endOf(merge.duplicate(), parents, graph.describe())));
        });
    }

    @Test
    void a_repeated_pair_refers_to_a_request_that_is_or_will_be_merged() {
        forEachGraph(graph -> {
            Map<Long, MergeEdge> applied = graph.applied()
                    .filter(pair -> pair.standing() != MergeEdge.Standing.GIVEN_UP)
                    .collect(Collectors.toMap(MergeEdge::requestId, pair -> pair));
            graph.verdictsOf(Verdict.SameAs.class).forEach(same -> assertThat(applied.get(same.firstRequestId()))
                    .as(graph.describe() + ", " + same)
                    .isNotNull()
                    .returns(graph.pair(same.requestId()).duplicate(), MergeEdge::duplicate)
                    .returns(graph.pair(same.requestId()).parent(), MergeEdge::parent));
        });
    }

    @Test
    void nothing_is_rejected_without_a_self_merge_a_rival_or_a_cycle() {
        forEachGraph(graph -> graph.verdictsOf(Verdict.Reject.class).forEach(reject -> {
            MergeEdge pair = graph.pair(reject.requestId());
            assertThat(pair.parent() == pair.duplicate() || graph.hasRival(pair) || graph.isInCycle(pair))
                    .as(graph.describe() + ", " + reject)
                    .isTrue();
        }));
    }

    @Test
    void a_second_run_after_the_merges_decides_the_same() {
        forEachGraph(graph -> {
            Set<Long> merged = graph.merges().map(Verdict.Merge::requestId).collect(Collectors.toSet());
            Set<Long> rejected = graph.verdictsOf(Verdict.Reject.class)
                    .map(Verdict::requestId)
                    .collect(Collectors.toSet());
            List<MergeEdge> tomorrow = graph.pairs().stream()
                    .filter(pair -> !rejected.contains(pair.requestId()))
                    .map(pair -> merged.contains(pair.requestId()) ? merged(pair) : pair)
                    .toList();
            assertThat(new DecidedEdges(graph.describe(), tomorrow).verdicts())
                    .as(graph.describe())
                    .containsExactlyInAnyOrderElementsOf(
                            graph.verdictsOf(Verdict.SameAs.class).toList());
        });
    }

    private static MergeEdge merged(MergeEdge pair) {
        return new MergeEdge(pair.requestId(), pair.parent(), pair.duplicate(), MergeEdge.Standing.MERGED);
    }

    private static long endOf(long start, Map<Long, Long> parents, String description) {
        Set<Long> passed = new HashSet<>();
        long last = start;
        for (Long next = parents.get(last); next != null; next = parents.get(last)) {
            assertThat(passed.add(last))
                    .as(description + ": a cycle is merged through " + last)
                    .isTrue();
            last = next;
        }
        return last;
    }

    private static void forEachGraph(Consumer<DecidedEdges> property) {
        for (int seed = 1; seed <= GRAPHS; seed++) {
            property.accept(new DecidedEdges("seed " + seed, RandomEdges.of(seed)));
        }
    }
}
