package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.sandbox.Fault;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Calls leave only while their permit lets them, through the whole client and over HTTP. */
class CallPermitTest extends ClientOnSandbox {
    private static final String ADMIN = "991267459";

    /** This happens when the process is suspended while it connects: another run may have the lock by then. */
    @Test
    void a_call_that_may_not_leave_at_the_last_moment_waits_again_and_this_is_not_counted_as_a_try() {
        Deque<Boolean> answers =
                new ArrayDeque<>(List.of(true, false, true, false, true, false, true, false, true, false));
        ours.permit().grantWhile(() -> answers.isEmpty() || answers.pop());

        assertThat(ours.client().note(ID, ADMIN, Departure.REPEATABLE, () -> "<p>once</p>"))
                .isInstanceOf(Answer.Ok.class);

        assertThat(answers).isEmpty();
        assertThat(sandbox.callCount()).isEqualTo(1);
        assertThat(ours.usedAfterAMinute()).isZero();
    }

    @Test
    void a_call_whose_permit_is_revoked_at_the_last_moment_is_not_sent() {
        Deque<Boolean> answers = new ArrayDeque<>(List.of(true));
        ours.permit().grantWhile(() -> {
            if (answers.isEmpty()) {
                ours.permit().revoke();
                return false;
            }
            return answers.pop();
        });

        assertHalted(ours.client().note(ID, ADMIN, Departure.REPEATABLE, () -> "<p>never</p>"));
        assertThat(sandbox.callCount()).isZero();
    }

    @Test
    void after_the_permit_is_revoked_no_call_leaves() {
        ours.client().me();
        long before = sandbox.callCount();
        ours.permit().revoke();

        assertHalted(ours.client().note(ID, ADMIN, Departure.REPEATABLE, () -> "x"));
        assertHalted(ours.client().read(ID));
        assertThat(sandbox.callCount()).isEqualTo(before);
    }

    @Test
    void a_permit_revoked_between_two_tries_lets_no_second_try_leave() {
        sandbox.faults(call -> {
            ours.permit().revoke();
            return Optional.of(Fault.ERROR_500_BEFORE);
        });

        assertHalted(ours.client().read(ID));
        assertThat(sandbox.callCount()).isEqualTo(1);
    }

    @Test
    void a_revoked_permit_stops_only_the_client_that_has_it() {
        IntercomClient next = ours.client(CallPermit.ALWAYS);
        ours.permit().revoke();

        assertThat(next.note(ID, ADMIN, Departure.REPEATABLE, () -> "x")).isInstanceOf(Answer.Ok.class);
        assertHalted(ours.client().note(ID, ADMIN, Departure.REPEATABLE, () -> "x"));
        assertThat(sandbox.workspace().conversation("42").notes()).hasSize(1);
    }

    @Test
    void a_client_waits_for_its_own_permit_only() {
        TestPermit another = new TestPermit();
        another.grantWhile(() -> false);
        IntercomClient waiting = ours.client(another);

        assertThat(ours.client().me()).isInstanceOf(Answer.Ok.class);

        another.grantWhile(() -> {
            another.revoke();
            return false;
        });
        assertHalted(waiting.me());
        assertThat(sandbox.callCount()).isEqualTo(1);
    }

    private static void assertHalted(Answer<?> answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        Failure failure = ((Answer.Failed<?>) answer).failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.STOPS_THE_RUN);
        assertThat(failure.code()).isEqualTo("halted");
        assertThat(Intercom.isHalted(failure)).isTrue();
    }
}
