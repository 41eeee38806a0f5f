package com.convmerge.merge;

import static com.convmerge.merge.MergeEdge.Standing.BEGUN;
import static com.convmerge.merge.MergeEdge.Standing.MERGED;
import static com.convmerge.merge.SurvivorsTest.merge;
import static com.convmerge.merge.SurvivorsTest.open;
import static com.convmerge.merge.SurvivorsTest.pair;
import static com.convmerge.merge.SurvivorsTest.resolve;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verdicts on requests whose conversations form cycles. */
class SurvivorsCyclesTest {
    /** So many requests that a recursion overflows the stack, and that a walk of the whole chain for each of them never ends. */
    private static final int LONG_CHAIN = 200_000;

    @Test
    void two_requests_that_close_a_cycle_are_rejected_and_both_are_named() {
        String reason =
                "closes a cycle in which nothing would stay open:" + " request 1 (20 into 10), request 2 (10 into 20)";

        assertThat(resolve(open(1, 10, 20), open(2, 20, 10)))
                .containsExactly(new Verdict.Reject(1, reason), new Verdict.Reject(2, reason));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 10, 11, 1_000})
    void a_cycle_of_any_length_is_rejected_as_a_whole(int length) {
        MergeEdge[] cycle = new MergeEdge[length];
        for (int i = 0; i < length; i++) {
            cycle[i] = open(i + 1, 100 + (i + 1) % length, 100 + i);
        }

        assertThat(resolve(cycle)).hasSize(length).allSatisfy(verdict -> assertThat(verdict)
                .isInstanceOfSatisfying(Verdict.Reject.class, reject -> assertThat(reject.reason())
                        .startsWith("closes a cycle in which nothing would stay open: request ")));
    }

    @Test
    void a_chain_that_leads_into_a_cycle_is_merged_into_its_first_conversation() {
        assertThat(resolve(open(1, 10, 5), open(2, 20, 10), open(3, 10, 20), open(4, 5, 4)))
                .contains(merge(1, 5, 10), merge(4, 4, 10));
    }

    @Test
    void two_separate_cycles_are_reported_separately() {
        List<Verdict> verdicts = resolve(open(1, 10, 20), open(2, 20, 10), open(3, 30, 40), open(4, 40, 30));

        assertThat(verdicts).hasSize(4);
        assertThat(verdicts.get(2)).isInstanceOfSatisfying(Verdict.Reject.class, reject -> assertThat(reject.reason())
                .endsWith(": request 3 (40 into 30), request 4 (30 into 40)"));
    }

    @Test
    void a_second_request_for_a_pair_in_a_cycle_is_rejected_too() {
        assertThat(resolve(open(1, 10, 20), open(2, 20, 10), open(3, 10, 20)))
                .hasSize(3)
                .allSatisfy(verdict -> assertThat(verdict).isInstanceOf(Verdict.Reject.class));
    }

    @Test
    void a_request_that_would_close_a_cycle_with_an_earlier_run_is_rejected() {
        String reason =
                "closes a cycle in which nothing would stay open:" + " request 2 (10 into 20), request 1 (20 into 10)";

        assertThat(resolve(pair(1, 10, 20, MERGED), open(2, 20, 10))).containsExactly(new Verdict.Reject(2, reason));
        assertThat(resolve(pair(1, 10, 20, BEGUN), open(2, 20, 10))).containsExactly(new Verdict.Reject(2, reason));
    }

    @Test
    void a_chain_that_leads_into_a_cycle_with_an_earlier_run_ends_at_its_survivor() {
        assertThat(resolve(pair(1, 10, 20, MERGED), open(2, 20, 10), open(3, 20, 5)))
                .contains(merge(3, 5, 10));
    }

    @Test
    void a_cycle_that_is_broken_by_a_rejected_request_is_no_cycle() {
        assertThat(resolve(open(1, 10, 20), open(2, 20, 10), open(3, 30, 10))).contains(merge(1, 20, 10));
    }

    @Test
    void a_cycle_of_merged_requests_made_by_hand_does_not_stop_the_others() {
        assertThat(resolve(pair(1, 10, 20, MERGED), pair(2, 20, 10, MERGED), open(3, 10, 5), open(4, 5, 4)))
                .extracting(Verdict::requestId)
                .containsExactly(3L, 4L);
    }

    @Test
    void a_very_long_chain_is_walked_once_in_either_order() {
        List<MergeEdge> chain = new ArrayList<>();
        for (int i = 1; i <= LONG_CHAIN; i++) {
            chain.add(open(i, i + 1, i));
        }

        assertThat(survivorsOf(chain)).containsExactly((long) LONG_CHAIN + 1);
        Collections.reverse(chain);
        assertThat(survivorsOf(chain)).containsExactly((long) LONG_CHAIN + 1);
    }

    @Test
    void a_very_long_cycle_is_walked_once() {
        List<MergeEdge> cycle = new ArrayList<>();
        for (int i = 0; i < LONG_CHAIN; i++) {
            cycle.add(open(i + 1, 1 + (i + 1) % LONG_CHAIN, 1 + i));
        }

        List<Verdict> verdicts = new ArrayList<>();
        Survivors.resolve(cycle, verdicts::add);

        assertThat(verdicts).hasSize(LONG_CHAIN);
        assertThat(verdicts).allMatch(Verdict.Reject.class::isInstance);
    }

    private static List<Long> survivorsOf(List<MergeEdge> pairs) {
        List<Verdict> verdicts = new ArrayList<>();
        Survivors.resolve(pairs, verdicts::add);
        assertThat(verdicts).hasSameSizeAs(pairs);
        return verdicts.stream()
                .map(verdict -> ((Verdict.Merge) verdict).survivor())
                .distinct()
                .toList();
    }
}
