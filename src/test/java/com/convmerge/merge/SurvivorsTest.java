package com.convmerge.merge;

import static com.convmerge.merge.MergeEdge.Standing.BEGUN;
import static com.convmerge.merge.MergeEdge.Standing.GIVEN_UP;
import static com.convmerge.merge.MergeEdge.Standing.MERGED;
import static com.convmerge.merge.MergeEdge.Standing.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Verdicts on requests without cycles. {@link SurvivorsCyclesTest} covers cycles. */
class SurvivorsTest {
    /** The tests tell verdicts apart by the rest; {@link #resolve} puts it in place of each parent. */
    private static final long ANY_PARENT = 0;

    @Test
    void a_request_alone_is_merged_into_its_parent() {
        assertThat(resolve(open(1, 10, 20))).containsExactly(merge(1, 20, 10));
    }

    @Test
    void many_duplicates_share_a_parent() {
        assertThat(resolve(open(1, 10, 20), open(2, 10, 30))).containsExactly(merge(1, 20, 10), merge(2, 30, 10));
    }

    @Test
    void a_chain_ends_at_its_last_parent_in_any_order_of_the_requests() {
        assertThat(resolve(open(1, 20, 10), open(2, 30, 20), open(3, 40, 30)))
                .containsExactly(merge(1, 10, 40), merge(2, 20, 40), merge(3, 30, 40));
        assertThat(resolve(open(1, 40, 30), open(2, 30, 20), open(3, 20, 10)))
                .containsExactly(merge(1, 30, 40), merge(2, 20, 40), merge(3, 10, 40));
    }

    @ParameterizedTest
    @EnumSource(
            value = MergeEdge.Standing.class,
            mode = Mode.EXCLUDE,
            names = {"OPEN"})
    void a_chain_continues_through_requests_that_earlier_runs_began(MergeEdge.Standing fixed) {
        assertThat(resolve(pair(1, 30, 20, fixed), open(2, 20, 10))).containsExactly(merge(2, 10, 30));
        assertThat(resolve(open(1, 20, 10), pair(2, 30, 20, fixed))).containsExactly(merge(1, 10, 30));
    }

    @Test
    void a_self_merge_is_rejected() {
        assertThat(resolve(open(1, 10, 10)))
                .containsExactly(new Verdict.Reject(1, "merges conversation 10 into itself"));
    }

    @Test
    void a_self_merge_does_not_affect_other_requests() {
        assertThat(resolve(open(1, 10, 10), open(2, 20, 10), open(3, 10, 30)))
                .containsExactlyInAnyOrder(
                        new Verdict.Reject(1, "merges conversation 10 into itself"),
                        merge(2, 10, 20),
                        merge(3, 30, 20));
    }

    @Test
    void two_requests_for_one_duplicate_and_two_parents_are_rejected_and_name_each_other() {
        assertThat(resolve(open(1, 10, 99), open(2, 20, 99)))
                .containsExactly(
                        new Verdict.Reject(
                                1, "conversation 99 is asked into more than one parent: also request 2 (99 into 20)"),
                        new Verdict.Reject(
                                2, "conversation 99 is asked into more than one parent: also request 1 (99 into 10)"));
    }

    @Test
    void a_second_request_for_a_pair_with_a_rival_is_rejected_too() {
        assertThat(resolve(open(1, 10, 99), open(2, 10, 99), open(3, 20, 99)))
                .hasSize(3)
                .allSatisfy(verdict -> assertThat(verdict).isInstanceOf(Verdict.Reject.class));
    }

    @Test
    void a_merge_into_a_duplicate_with_two_parents_ends_there() {
        assertThat(resolve(open(1, 10, 99), open(2, 20, 99), open(3, 99, 5))).contains(merge(3, 5, 99));
    }

    @Test
    void no_more_than_ten_other_requests_are_named() {
        MergeEdge[] rivals = new MergeEdge[13];
        for (int i = 0; i < rivals.length; i++) {
            rivals[i] = open(i + 1, 100 + i, 99);
        }

        Verdict.Reject first = (Verdict.Reject) resolve(rivals).get(0);

        assertThat(first.reason())
                .contains("request 2 (99 into 101), ", "request 11 (99 into 110)")
                .endsWith(" and 2 more");
    }

    @Test
    void a_repeated_pair_shares_the_outcome_of_the_first_request() {
        assertThat(resolve(open(1, 10, 20), open(2, 10, 20), open(3, 10, 20)))
                .containsExactly(merge(1, 20, 10), new Verdict.SameAs(2, 1), new Verdict.SameAs(3, 1));
    }

    @Test
    void a_repeated_pair_shares_the_outcome_of_a_begun_or_merged_request_whichever_was_first() {
        assertThat(resolve(pair(1, 10, 20, MERGED), open(2, 10, 20))).containsExactly(new Verdict.SameAs(2, 1));
        assertThat(resolve(pair(1, 10, 20, BEGUN), open(2, 10, 20))).containsExactly(new Verdict.SameAs(2, 1));
        assertThat(resolve(open(1, 10, 20), pair(2, 10, 20, BEGUN))).containsExactly(new Verdict.SameAs(1, 2));
    }

    @Test
    void a_duplicate_that_was_merged_into_another_parent_is_not_merged_again() {
        assertThat(resolve(pair(1, 10, 20, MERGED), open(2, 30, 20)))
                .containsExactly(new Verdict.Reject(
                        2, "conversation 20 was merged into another parent: request 1 (20 into 10)"));
    }

    @Test
    void a_duplicate_whose_note_may_have_been_sent_keeps_its_parent() {
        assertThat(resolve(open(1, 30, 20), pair(2, 10, 20, BEGUN)))
                .containsExactly(new Verdict.Reject(
                        1, "conversation 20 is being merged into another parent: request 2 (20 into 10)"));
    }

    @Test
    void a_duplicate_that_was_begun_and_given_up_waits_for_that_request_to_be_released() {
        String reason = "request 1 (20 into 10) was begun and given up; release that one instead";

        assertThat(resolve(pair(1, 10, 20, GIVEN_UP), open(2, 10, 20), open(3, 30, 20)))
                .containsExactly(new Verdict.Reject(2, reason), new Verdict.Reject(3, reason));
    }

    @Test
    void a_rival_of_a_merged_request_does_not_affect_a_repeated_pair() {
        assertThat(resolve(pair(1, 10, 20, MERGED), open(2, 30, 20), open(3, 10, 20)))
                .containsExactlyInAnyOrder(
                        new Verdict.Reject(2, "conversation 20 was merged into another parent: request 1 (20 into 10)"),
                        new Verdict.SameAs(3, 1));
    }

    @Test
    void a_request_that_is_not_open_gets_no_verdict() {
        assertThat(resolve(pair(1, 10, 20, MERGED), pair(2, 10, 30, BEGUN), pair(3, 10, 40, GIVEN_UP)))
                .isEmpty();
    }

    static List<Verdict> resolve(MergeEdge... pairs) {
        List<Verdict> verdicts = new ArrayList<>();
        Survivors.resolve(List.of(pairs), verdicts::add);
        verdicts.replaceAll(verdict -> verdict instanceof Verdict.Merge merge
                ? merge(merge.requestId(), merge.duplicate(), merge.survivor())
                : verdict);
        return verdicts;
    }

    static MergeEdge open(long requestId, long parent, long duplicate) {
        return pair(requestId, parent, duplicate, OPEN);
    }

    static MergeEdge pair(long requestId, long parent, long duplicate, MergeEdge.Standing standing) {
        return new MergeEdge(requestId, parent, duplicate, standing);
    }

    static Verdict merge(long requestId, long duplicate, long survivor) {
        return new Verdict.Merge(requestId, ANY_PARENT, duplicate, survivor);
    }
}
