package com.convmerge.apply;

import static com.convmerge.apply.GateOnSandbox.PARENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.ledger.LedgerEntry;
import com.convmerge.ledger.LedgerState;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.settings.ClosedParent;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is found of a survivor before anything is merged into it, and what is done about a closed one. */
class SurvivorCheckTest {
    private static final Database DATABASE = Databases.h2();
    private static final ConversationId SURVIVOR = new ConversationId(PARENT);

    @ParameterizedTest
    @EnumSource
    void an_open_survivor_takes_one_read(ClosedParent setting) {
        try (GateOnSandbox gate = open(setting)) {
            assertAccepted(gate.survivors().look(SURVIVOR), "open");
            assertAccepted(check(gate), "open");

            assertThat(gate.calls()).containsExactly("read", "read");
            assertThat(gate.state(reopen(gate))).isEqualTo("none");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_look_at_a_closed_survivor_changes_nothing(ClosedParent setting) {
        try (GateOnSandbox gate = closed(setting)) {
            Outcome<SurvivorCheck.Result> outcome = gate.survivors().look(SURVIVOR);

            if (setting == ClosedParent.REJECT) {
                assertRejected(outcome);
            } else {
                assertAccepted(outcome, "closed");
            }
            assertThat(gate.calls()).containsExactly("read");
            assertThat(state(gate)).isEqualTo("closed");
        }
    }

    @Test
    void a_closed_survivor_stays_closed_where_the_settings_say_proceed() {
        try (GateOnSandbox gate = closed(ClosedParent.PROCEED)) {
            assertAccepted(check(gate), "closed");

            assertThat(gate.calls()).containsExactly("read");
            assertThat(state(gate)).isEqualTo("closed");
        }
    }

    @Test
    void a_closed_survivor_is_rejected_where_the_settings_say_reject() {
        try (GateOnSandbox gate = closed(ClosedParent.REJECT)) {
            assertRejected(check(gate));

            assertThat(gate.calls()).containsExactly("read");
            assertThat(state(gate)).isEqualTo("closed");
        }
    }

    @Test
    void a_closed_survivor_is_opened_where_the_settings_say_reopen() {
        try (GateOnSandbox gate = closed(ClosedParent.REOPEN)) {
            assertAccepted(check(gate), "closed");

            assertThat(gate.calls()).containsExactly("read", "reopen");
            assertThat(state(gate)).isEqualTo("open");
            assertThat(gate.entry(reopen(gate)))
                    .returns(OperationKind.REOPEN, LedgerEntry::kind)
                    .returns(SURVIVOR, LedgerEntry::conversation)
                    .returns(LedgerState.DONE, LedgerEntry::state);
            assertThat(gate.jdbc
                            .sql("SELECT state_before FROM merge_operation WHERE operation_key = :key")
                            .param("key", reopen(gate).value())
                            .query(String.class)
                            .single())
                    .isEqualTo("closed");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP_BEFORE", "DROP_AFTER", "ERROR_500_BEFORE", "ERROR_500_AFTER"})
    void an_opening_in_doubt_is_looked_up_and_sent_again_only_if_it_did_not_happen(Fault fault) {
        try (GateOnSandbox gate = closed(ClosedParent.REOPEN)) {
            gate.sandbox.faults(FaultPlan.on(SurvivorCheckTest::isReopen, fault));

            assertAccepted(check(gate), "closed");

            if (fault.isAfterEffect()) {
                assertThat(gate.calls()).containsExactly("read", "reopen", "read");
            } else {
                assertThat(gate.calls()).containsExactly("read", "reopen", "read", "reopen");
            }
            assertThat(state(gate)).isEqualTo("open");
            assertThat(gate.state(reopen(gate))).isEqualTo("DONE");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UNPROCESSABLE_422, REFUSED, REFUSED",
        "RATE_LIMITED_429, NOT_SENT, NOT_SENT",
        "UNAUTHORIZED_401, STOPS_THE_RUN, NOT_SENT",
        "ERROR_500_BEFORE, NOT_SENT, IN_DOUBT"
    })
    void an_opening_that_fails_fails_the_check(Fault fault, FailureKind expected, LedgerState inLedger) {
        try (GateOnSandbox gate = closed(ClosedParent.REOPEN)) {
            gate.sandbox.faults(FaultPlan.always(SurvivorCheckTest::isReopen, fault));

            assertThat(failure(check(gate)).kind()).isEqualTo(expected);

            assertThat(gate.state(reopen(gate))).isEqualTo(inLedger.name());
            assertThat(state(gate)).isEqualTo("closed");
        }
    }

    @Test
    void a_missing_survivor_is_called_the_parent_and_its_duplicates_are_said_to_be_untouched() {
        try (GateOnSandbox gate = open(ClosedParent.PROCEED)) {
            gate.sandbox.workspace().removeConversation(PARENT);

            Failure failure = failure(check(gate));

            assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
            assertThat(failure.httpStatus()).isEqualTo(404);
            assertThat(failure.code()).isEqualTo("parent_not_found");
            assertThat(failure.message())
                    .isEqualTo(
                            "for parent 9001 Intercom says: not_found: Resource Not Found; the duplicate was not touched");
            assertThat(failure.intercomRequestId()).isNotBlank();
            assertThat(gate.calls()).containsExactly("read");
        }
    }

    @Test
    void a_404_that_speaks_of_something_else_keeps_its_code_and_its_words() {
        try (GateOnSandbox gate = open(ClosedParent.PROCEED)) {
            gate.sandbox.faults(FaultPlan.always(Arrival::isRead, Fault.USER_NOT_FOUND_404));

            Failure failure = failure(check(gate));

            assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
            assertThat(failure.code()).isEqualTo("not_found");
            assertThat(failure.message())
                    .isEqualTo(
                            "for parent 9001 Intercom says: not_found: User Not Found; the duplicate was not touched");
        }
    }

    @Test
    void a_look_returns_the_failure_of_intercom_as_it_is() {
        try (GateOnSandbox gate = open(ClosedParent.PROCEED)) {
            gate.sandbox.workspace().removeConversation(PARENT);
            assertThat(failure(gate.survivors().look(SURVIVOR)).code()).isEqualTo("not_found");

            gate.sandbox.faults(FaultPlan.always(Arrival::isRead, Fault.ERROR_500_BEFORE));
            assertThat(failure(gate.survivors().look(SURVIVOR)).kind()).isEqualTo(FailureKind.IN_DOUBT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR_500_BEFORE, NOT_SENT, server_error",
        "RATE_LIMITED_429, NOT_SENT, rate_limit_exceeded",
        "UNAUTHORIZED_401, STOPS_THE_RUN, unauthorized",
        "UNPROCESSABLE_422, REFUSED, parameter_invalid"
    })
    void a_read_that_fails_leaves_nothing_of_the_requests_in_doubt(Fault fault, FailureKind kind, String code) {
        try (GateOnSandbox gate = open(ClosedParent.REOPEN)) {
            gate.sandbox.faults(FaultPlan.always(Arrival::isRead, fault));

            assertThat(failure(check(gate)))
                    .extracting(Failure::kind, Failure::code)
                    .containsExactly(kind, code);
        }
    }

    private static GateOnSandbox open(ClosedParent setting) {
        return GateOnSandbox.open(DATABASE, "convmerge.closed-parent=" + setting.name());
    }

    private static GateOnSandbox closed(ClosedParent setting) {
        GateOnSandbox gate = open(setting);
        gate.sandbox.workspace().close(PARENT);
        return gate;
    }

    private static Outcome<SurvivorCheck.Result> check(GateOnSandbox gate) {
        return gate.survivors().check(SURVIVOR, gate.workspace, gate.request.id());
    }

    /** The request's id stands for the execution, so that the key is different for each test: they share the ledger. */
    private static OperationKey reopen(GateOnSandbox gate) {
        return OperationKey.ofReopen(SURVIVOR, gate.request.id());
    }

    private static boolean isReopen(Arrival arrival) {
        return CallWords.isOf(OperationKind.REOPEN, arrival);
    }

    private static String state(GateOnSandbox gate) {
        return gate.sandbox.workspace().conversation(PARENT).state();
    }

    private static void assertAccepted(Outcome<SurvivorCheck.Result> outcome, String state) {
        SurvivorCheck.Result result = result(outcome);
        assertThat(result.survivor()).isEqualTo(SURVIVOR);
        assertThat(result.rejection()).isNull();
        assertThat(result.seen().state()).isEqualTo(state);
    }

    private static void assertRejected(Outcome<SurvivorCheck.Result> outcome) {
        assertThat(result(outcome).rejection()).isEqualTo("parent 9001 is closed");
    }

    private static SurvivorCheck.Result result(Outcome<SurvivorCheck.Result> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<SurvivorCheck.Result>) outcome).value();
    }

    private static Failure failure(Outcome<SurvivorCheck.Result> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        Outcome.Failed<SurvivorCheck.Result> failed = (Outcome.Failed<SurvivorCheck.Result>) outcome;
        assertThat(failed.operation()).isEqualTo(OperationKind.SURVIVOR_CHECK);
        return failed.failure();
    }
}
