package com.convmerge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import com.convmerge.testing.TestClock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** What the ledger remembers; when it commits is in {@link LedgerCommitsContract}. */
@OnEachDatabase
class LedgerTest extends LedgerOnDatabase {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    LedgerTest(Database database) {
        super(database);
    }

    @Test
    void a_claim_is_found_again_as_it_was_returned() {
        LedgerEntry note = won(ledger.claim(claim(OperationKind.NOTE)));
        LedgerEntry told = won(ledger.claim(parentNote(30)));

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
                        TestClock.START));
        assertThat(stored(note.key())).isEqualTo(note);
        assertThat(stored(told.key())).isEqualTo(told);
        assertThat(row(note.key())).containsEntry("state_before", "open").containsEntry("job_execution_id", EXECUTION);
    }

    @Test
    void what_was_never_begun_is_not_there() {
        assertThat(ledger.find(OperationKey.ofRequest(request, OperationKind.NOTE)))
                .isEmpty();
        assertThat(ledger.ofRequest(request)).isEmpty();
    }

    @Test
    void a_second_claim_is_lost_and_leaves_the_first_as_it_is() {
        won(ledger.claim(claim(OperationKind.NOTE)));
        Map<String, @Nullable Object> before = row(claim(OperationKind.NOTE).key());
        clock.advance(MINUTE);

        assertThat(ledger.claim(claim(OperationKind.NOTE))).isEmpty();

        assertThat(row(claim(OperationKind.NOTE).key())).isEqualTo(before);
    }

    @Test
    void a_claim_for_a_request_that_does_not_exist_is_no_lost_claim() {
        Claim claim = new Claim(
                OperationKey.ofRequest(-1, OperationKind.TAG),
                OperationKind.TAG,
                -1L,
                DUPLICATE,
                null,
                null,
                EXECUTION);

        assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> ledger.claim(claim));
    }

    @Test
    void a_request_s_operations_are_found_together_and_no_other_s() {
        LedgerEntry note = entryIn(LedgerState.DONE, claim(OperationKind.NOTE));
        LedgerEntry tag = entryIn(LedgerState.SENT, claim(OperationKind.TAG));
        won(ledger.claim(parentNote(30)));

        assertThat(ledger.ofRequest(request))
                .containsExactlyInAnyOrderEntriesOf(Map.of(OperationKind.NOTE, note, OperationKind.TAG, tag));
        assertThat(ledger.ofRequest(request + 1)).isEmpty();
    }

    @Test
    void a_claim_again_counts_and_keeps_when_it_was_sent_first() {
        LedgerEntry inDoubt = entryIn(LedgerState.IN_DOUBT, claim(OperationKind.NOTE));
        clock.advance(MINUTE);

        LedgerEntry again = won(ledger.claimAgain(inDoubt, claim(OperationKind.NOTE)));

        assertThat(stored(again.key())).isEqualTo(again);
        assertThat(again)
                .returns(LedgerState.SENT, LedgerEntry::state)
                .returns(2, LedgerEntry::attempts)
                .returns(TestClock.START, LedgerEntry::firstSentAt)
                .returns(TestClock.START.plus(MINUTE), LedgerEntry::lastSentAt);
    }

    @Test
    void a_claim_again_keeps_the_reference_of_the_first_since_that_note_may_be_there() {
        LedgerEntry inDoubt = entryIn(LedgerState.IN_DOUBT, claim(OperationKind.NOTE));
        Claim other =
                new Claim(inDoubt.key(), OperationKind.NOTE, request, DUPLICATE, "cm-second", "closed", EXECUTION + 1);

        LedgerEntry again = won(ledger.claimAgain(inDoubt, other));

        assertThat(again.reference()).isEqualTo("cm-first");
        assertThat(row(again.key()))
                .containsEntry("reference", "cm-first")
                .containsEntry("state_before", "closed")
                .containsEntry("job_execution_id", EXECUTION + 1);
    }

    @Test
    void a_claim_again_forgets_the_answer_before() {
        LedgerEntry inDoubt = entryIn(LedgerState.IN_DOUBT, claim(OperationKind.NOTE));

        won(ledger.claimAgain(inDoubt, claim(OperationKind.NOTE)));

        assertThat(row(inDoubt.key()))
                .containsEntry("http_status", null)
                .containsEntry("code", null)
                .containsEntry("message", null)
                .containsEntry("intercom_request_id", null)
                .containsEntry("settled_at", null);
    }

    @Test
    void a_claim_again_is_lost_once_the_row_has_moved_on() {
        LedgerEntry old = entryIn(LedgerState.IN_DOUBT, claim(OperationKind.NOTE));
        LedgerEntry second = won(ledger.claimAgain(old, claim(OperationKind.NOTE)));

        assertThat(ledger.claimAgain(old, claim(OperationKind.NOTE)))
                .as("it is SENT now")
                .isEmpty();
        ledger.settle(second, Result.failed(LedgerState.IN_DOUBT, FAILURE));
        assertThat(ledger.claimAgain(old, claim(OperationKind.NOTE)))
                .as("it is IN_DOUBT again, of another attempt")
                .isEmpty();
        assertThat(stored(old.key()).attempts()).isEqualTo(2);
    }

    @Test
    void an_end_is_written_with_what_intercom_answered() {
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
    void an_end_is_not_written_over_what_somebody_else_wrote() {
        LedgerEntry old = entryIn(LedgerState.SENT, claim(OperationKind.NOTE));
        LedgerEntry done = ledger.settle(old, Result.done(200, "part-9"));

        assertThatIllegalStateException()
                .isThrownBy(() -> ledger.settle(old, Result.failed(LedgerState.REFUSED, FAILURE)))
                .withMessage("operation r" + request
                        + "/note was SENT at attempt 1 and is so no more: something else works on it");
        assertThat(stored(done.key())).isEqualTo(done);
    }

    @Test
    void what_a_dead_run_sent_is_in_doubt_once_it_is_taken_over() {
        LedgerEntry sent = entryIn(LedgerState.SENT, claim(OperationKind.NOTE));

        LedgerEntry inDoubt = ledger.takeOver(sent);

        assertThat(stored(sent.key())).isEqualTo(inDoubt).returns(LedgerState.IN_DOUBT, LedgerEntry::state);
        assertThat(row(sent.key()))
                .containsEntry("code", "run_ended")
                .containsEntry("message", "the run that sent it ended before the answer");
    }

    @Test
    void what_is_not_needed_was_never_sent() {
        ledger.notNeeded(claim(OperationKind.CLOSE));

        assertThat(stored(claim(OperationKind.CLOSE).key()))
                .returns(LedgerState.NOT_NEEDED, LedgerEntry::state)
                .returns(0, LedgerEntry::attempts);
        assertThat(row(claim(OperationKind.CLOSE).key()).get("settled_at")).isNotNull();
    }

    @Test
    void the_notes_on_survivors_that_are_left_to_settle_come_oldest_first() {
        LedgerState[] states = LedgerState.values();
        for (int i = 0; i < states.length; i++) {
            entryIn(states[i], parentNote(60 - i));
            clock.advance(MINUTE);
        }
        entryIn(LedgerState.IN_DOUBT, claim(OperationKind.NOTE));

        assertThat(ledger.unsettledParentNotes())
                .extracting(LedgerEntry::state)
                .containsExactly(LedgerState.SENT, LedgerState.IN_DOUBT, LedgerState.NOT_SENT);
    }
}
