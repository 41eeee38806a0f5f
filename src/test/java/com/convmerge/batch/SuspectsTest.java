package com.convmerge.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which failures are held back, and what decides whose they are. */
class SuspectsTest {
    private static final ConversationId GOOD = ConversationId.of(7);

    private final Suspects suspects = new Suspects();
    private int conversations;

    @Test
    void only_what_may_be_everybodys_is_held_back() {
        assertThat(Suspects.includes(failure(FailureKind.NOT_FOUND, 404))).isTrue();
        assertThat(Suspects.includes(failure(FailureKind.STOPS_THE_RUN, 403))).isTrue();
        assertThat(Suspects.includes(failure(FailureKind.REFUSED, 302))).isTrue();
        assertThat(Suspects.includes(failure(FailureKind.REFUSED, 422))).isFalse();
        assertThat(Suspects.includes(failure(FailureKind.IN_DOUBT, 500))).isFalse();
        assertThat(Suspects.includes(failure(FailureKind.STOPS_THE_RUN, null))).isFalse();
    }

    @Test
    void a_success_hands_out_what_was_held_back() {
        RequestFailedException one = failed(FailureKind.NOT_FOUND, 404);
        RequestFailedException two = failed(FailureKind.STOPS_THE_RUN, 401);
        assertThat(suspects.hold(one)).isEqualTo(Suspects.Next.GO_ON);
        assertThat(suspects.hold(two)).isEqualTo(Suspects.Next.GO_ON);

        assertThat(suspects.succeeded(GOOD, suspects.begin())).containsExactly(one, two);
        assertThat(suspects.succeeded(GOOD, suspects.begin())).isEmpty();
        assertThat(suspects.lastGood()).contains(GOOD);
        assertThat(suspects.whyNothingWorked()).isEmpty();
    }

    @Test
    void a_success_of_what_was_under_way_before_says_nothing() {
        long began = suspects.begin();
        RequestFailedException held = failed(FailureKind.NOT_FOUND, 404);
        suspects.hold(held);

        assertThat(suspects.succeeded(GOOD, began)).isEmpty();
        assertThat(suspects.succeeded(GOOD, suspects.begin())).containsExactly(held);
    }

    @Test
    void twenty_refusals_of_the_token_in_a_row_end_the_run_and_a_success_begins_a_new_row() {
        for (int i = 1; i < Suspects.REFUSALS; i++) {
            assertThat(suspects.hold(failed(FailureKind.STOPS_THE_RUN, 401))).isEqualTo(Suspects.Next.GO_ON);
        }
        suspects.succeeded(GOOD, suspects.begin());
        for (int i = 1; i < Suspects.REFUSALS; i++) {
            assertThat(suspects.hold(failed(FailureKind.STOPS_THE_RUN, 401))).isEqualTo(Suspects.Next.GO_ON);
        }

        assertThat(suspects.hold(failed(FailureKind.STOPS_THE_RUN, 401))).isEqualTo(Suspects.Next.END_THE_RUN);
    }

    @Test
    void a_parent_that_fails_for_many_requests_counts_once() {
        ConversationId parent = ConversationId.of(9);
        List<RequestFailedException> held = new ArrayList<>();
        for (int i = 0; i < 3 * CircuitBreaker.IN_A_ROW; i++) {
            held.add(failed(FailureKind.STOPS_THE_RUN, 403, parent));
            held.add(failed(FailureKind.NOT_FOUND, 404, parent));
        }

        assertThat(held).allSatisfy(one -> assertThat(suspects.hold(one)).isEqualTo(Suspects.Next.GO_ON));

        assertThat(suspects.succeeded(GOOD, suspects.begin())).containsExactlyElementsOf(held);
    }

    @Test
    void what_was_the_conversations_own_is_known_when_it_fails_again() {
        ConversationId parent = ConversationId.of(9);
        assertThat(suspects.known(parent)).isEqualTo(Suspects.Known.NOTHING);

        suspects.hold(failed(FailureKind.STOPS_THE_RUN, 403, parent));
        assertThat(suspects.known(parent)).isEqualTo(Suspects.Known.HELD);

        suspects.succeeded(GOOD, suspects.begin());
        assertThat(suspects.known(parent)).isEqualTo(Suspects.Known.ITS_OWN);
        assertThat(suspects.known(GOOD)).isEqualTo(Suspects.Known.NOTHING);
    }

    @Test
    void after_fifty_that_are_not_there_another_one_is_looked_for() {
        for (int i = 1; i < CircuitBreaker.IN_A_ROW; i++) {
            assertThat(suspects.hold(failed(FailureKind.NOT_FOUND, 404))).isEqualTo(Suspects.Next.GO_ON);
        }

        assertThat(suspects.hold(failed(FailureKind.NOT_FOUND, 404))).isEqualTo(Suspects.Next.LOOK_FOR_ANOTHER);
        assertThat(suspects.whyNothingWorked()).hasValueSatisfying(why -> assertThat(why)
                .startsWith("50 requests in a row failed and none succeeded, the last with 404 code: words"));
        assertThat(suspects.release()).hasSize(CircuitBreaker.IN_A_ROW);
    }

    @Test
    void a_step_with_a_few_that_are_not_there_blames_them_and_one_with_a_refused_token_nobody() {
        suspects.hold(failed(FailureKind.NOT_FOUND, 404));
        assertThat(suspects.whyNothingWorked()).isEmpty();

        suspects.hold(failed(FailureKind.STOPS_THE_RUN, 403));
        assertThat(suspects.whyNothingWorked())
                .contains(
                        "Intercom does not let the run go on: 403 code: words. That is no conversation's fault, and no"
                                + " request was blamed for it");
    }

    /** A failure of a conversation that had none before. */
    private RequestFailedException failed(FailureKind kind, int status) {
        conversations++;
        return failed(kind, status, ConversationId.of(100 + conversations));
    }

    private static RequestFailedException failed(FailureKind kind, int status, ConversationId conversation) {
        return new RequestFailedException(
                new RequestFailedException.Item(List.of(1L), "conversation", conversation),
                OperationKind.NOTE,
                failure(kind, status));
    }

    private static Failure failure(FailureKind kind, @Nullable Integer status) {
        return new Failure(kind, status, "code", "words", null);
    }
}
