package com.convmerge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import com.convmerge.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** What claims and settlements write. {@link LedgerCommitsTest} covers when they commit. */
@OnEachDatabase
class LedgerTest extends LedgerOnDatabase {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    LedgerTest(Database database) {
        super(database);
    }

    @Test
    void a_claim_is_stored_as_it_is_returned() {
        LedgerEntry note = won(ledger.claim(List.of(), claim(OperationKind.NOTE)));
        LedgerEntry survivorNote = won(ledger.claim(List.of(), survivorNote(30)));

        assertThat(note)
                .isEqualTo(new LedgerEntry(
                        OperationKey.ofRequest(request, OperationKind.NOTE),
                        OperationKind.NOTE,
                        request,
                        DUPLICATE,
                        LedgerState.SENT,
                        "cm-first",
                        1,
                        TestClock.START,
                        TestClock.START,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        EXECUTION));
        assertThat(stored(note.key())).isEqualTo(note);
        assertThat(stored(survivorNote.key())).isEqualTo(survivorNote);
        assertThat(row(note.key())).containsEntry("state_before", "open").containsEntry("job_execution_id", EXECUTION);
        assertThat(row(survivorNote.key())).containsEntry("operation", "PARENT_NOTE");
    }

    @Test
    void a_second_claim_is_lost_and_leaves_the_first_as_it_is() {
        won(ledger.claim(List.of(), claim(OperationKind.NOTE)));
        Map<String, @Nullable Object> before = row(claim(OperationKind.NOTE).key());
        clock.advance(MINUTE);

        assertThat(ledger.claim(List.of(), claim(OperationKind.NOTE))).isEmpty();

        assertThat(row(claim(OperationKind.NOTE).key())).isEqualTo(before);
    }

    @Test
    void a_claim_for_a_request_that_does_not_exist_fails() {
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> ledger.claim(List.of(), claim(-1, OperationKind.TAG)));
    }

    @Test
    void a_further_claim_counts_the_attempt_and_keeps_the_time_of_the_first() {
        LedgerEntry inDoubt = entryIn(LedgerState.IN_DOUBT, claim(OperationKind.NOTE));
        clock.advance(MINUTE);

        LedgerEntry second = won(ledger.claim(List.of(), again(inDoubt)));

        assertThat(stored(second.key())).isEqualTo(second);
        assertThat(second)
                .returns(LedgerState.SENT, LedgerEntry::state)
                .returns(2, LedgerEntry::attempts)
                .returns(TestClock.START, LedgerEntry::firstSentAt)
                .returns(TestClock.START.plus(MINUTE), LedgerEntry::lastSentAt);
    }

    @Test
    void a_further_claim_keeps_the_reference_of_the_first_since_that_note_may_be_there() {
        LedgerEntry inDoubt = entryIn(LedgerState.IN_DOUBT, claim(OperationKind.NOTE));
        Claim other = new Claim(
                inDoubt.key(), OperationKind.NOTE, request, DUPLICATE, inDoubt, "cm-second", "closed", EXECUTION + 1);

        LedgerEntry second = won(ledger.claim(List.of(), other));

        assertThat(second.reference()).isEqualTo("cm-first");
        assertThat(row(second.key()))
                .containsEntry("reference", "cm-first")
                .containsEntry("state_before", "closed")
                .containsEntry("job_execution_id", EXECUTION + 1);
    }

    @Test
    void a_further_claim_removes_the_previous_answer() {
        LedgerEntry inDoubt = entryIn(LedgerState.IN_DOUBT, claim(OperationKind.NOTE));

        won(ledger.claim(List.of(), again(inDoubt)));

        assertThat(row(inDoubt.key()))
                .containsEntry("http_status", null)
                .containsEntry("code", null)
                .containsEntry("message", null)
                .containsEntry("intercom_request_id", null)
                .containsEntry("settled_at", null);
    }

    @Test
    void a_further_claim_is_lost_once_the_row_has_changed() {
        LedgerEntry old = entryIn(LedgerState.IN_DOUBT, claim(OperationKind.NOTE));
        LedgerEntry second = won(ledger.claim(List.of(), again(old)));

        assertThat(ledger.claim(List.of(), again(old))).as("it is SENT now").isEmpty();
        ledger.settle(List.of(Settlement.failed(second, LedgerState.IN_DOUBT, FAILURE)));
        assertThat(ledger.claim(List.of(), again(old)))
                .as("it is IN_DOUBT again, after another attempt")
                .isEmpty();
        assertThat(stored(old.key()).attempts()).isEqualTo(2);
    }

    @Test
    void a_settlement_is_written_with_the_answer_of_intercom() {
        entryIn(LedgerState.DONE, claim(OperationKind.NOTE));
        entryIn(LedgerState.REFUSED, claim(OperationKind.TAG));

        assertThat(row(claim(OperationKind.NOTE).key()))
                .containsEntry("state", "DONE")
                .containsEntry("http_status", 200)
                .containsEntry("remote_id", "part-9")
                .containsEntry("code", null);
        assertThat(row(claim(OperationKind.TAG).key()))
                .containsEntry("state", "REFUSED")
                .containsEntry("http_status", 502)
                .containsEntry("code", "bad_gateway")
                .containsEntry("message", "The server said nothing")
                .containsEntry("intercom_request_id", "req-77")
                .containsEntry("remote_id", null);
    }

    @Test
    void an_entry_contains_the_answer_of_intercom() {
        clock.advance(MINUTE);
        assertThat(entryIn(LedgerState.DONE, claim(OperationKind.NOTE)))
                .returns(TestClock.START.plus(MINUTE), LedgerEntry::settledAt)
                .returns(200, LedgerEntry::httpStatus)
                .returns("part-9", LedgerEntry::remoteId)
                .returns(null, LedgerEntry::code);
        assertThat(entryIn(LedgerState.REFUSED, claim(OperationKind.TAG)))
                .returns(502, LedgerEntry::httpStatus)
                .returns("bad_gateway", LedgerEntry::code)
                .returns("The server said nothing", LedgerEntry::message)
                .returns("req-77", LedgerEntry::intercomRequestId)
                .returns(null, LedgerEntry::remoteId);
    }

    @Test
    void a_settlement_does_not_replace_what_somebody_else_wrote() {
        LedgerEntry old = entryIn(LedgerState.SENT, claim(OperationKind.NOTE));
        ledger.settle(List.of(Settlement.done(old, 200, "part-9")));
        LedgerEntry done = stored(old.key());

        assertThatIllegalStateException()
                .isThrownBy(() -> ledger.settle(List.of(Settlement.failed(old, LedgerState.REFUSED, FAILURE))))
                .withMessage("operation r" + request
                        + "/note was SENT at attempt 1 and is so no more: something else works on it");
        assertThat(stored(done.key())).isEqualTo(done);
    }

    @Test
    void two_settlements_of_one_operation_are_written_in_their_order() {
        LedgerEntry sent = entryIn(LedgerState.SENT, claim(OperationKind.CLOSE));
        Failure ended = Failure.withoutAnswer(FailureKind.NOT_SENT, "run_ended", "no call");

        ledger.settle(List.of(
                Settlement.failed(sent, LedgerState.NOT_SENT, ended),
                new Settlement.NotNeeded(again(sent.in(LedgerState.NOT_SENT)))));

        assertThat(stored(sent.key())).returns(LedgerState.NOT_NEEDED, LedgerEntry::state);
    }

    @Test
    void an_operation_that_is_not_needed_has_no_attempt() {
        ledger.settle(List.of(new Settlement.NotNeeded(claim(OperationKind.CLOSE))));

        assertThat(stored(claim(OperationKind.CLOSE).key()))
                .returns(LedgerState.NOT_NEEDED, LedgerEntry::state)
                .returns(0, LedgerEntry::attempts);
        assertThat(row(claim(OperationKind.CLOSE).key()).get("settled_at")).isNotNull();
    }
}
