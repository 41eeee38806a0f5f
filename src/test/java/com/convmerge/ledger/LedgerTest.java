package com.convmerge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
        LedgerEntry note = won(take(ledger, List.of(), claim(OperationKind.NOTE)));
        LedgerEntry survivorNote = won(take(ledger, List.of(), survivorNote(30)));

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
                        "open",
                        null,
                        EXECUTION));
        assertThat(stored(note.key())).isEqualTo(note);
        assertThat(stored(survivorNote.key())).isEqualTo(survivorNote);
        assertThat(row(note.key())).containsEntry("state_before", "open").containsEntry("job_execution_id", EXECUTION);
        assertThat(row(survivorNote.key())).containsEntry("operation", "PARENT_NOTE");
    }

    @Test
    void an_id_of_intercom_that_does_not_fit_is_cut() {
        LedgerEntry note = won(take(ledger, List.of(), claim(OperationKind.NOTE)));

        ledger.settle(List.of(Settlement.done(note, clock.instant(), 200, "1\0" + "2".repeat(300))));

        assertThat(stored(note.key()).state()).isEqualTo(LedgerState.DONE);
        assertThat(stored(note.key()).remoteId()).startsWith("1?222").hasSize(255);
    }

    @Test
    void a_second_claim_is_lost_and_leaves_the_first_as_it_is() {
        won(take(ledger, List.of(), claim(OperationKind.NOTE)));
        Map<String, @Nullable Object> before = row(claim(OperationKind.NOTE).key());
        clock.advance(MINUTE);

        assertThat(take(ledger, List.of(), claim(OperationKind.NOTE))).isEmpty();

        assertThat(row(claim(OperationKind.NOTE).key())).isEqualTo(before);
    }

    @Test
    void a_claim_for_a_request_that_does_not_exist_fails() {
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> take(ledger, List.of(), claim(-1, OperationKind.TAG)));
    }

    @Test
    void a_further_claim_counts_the_attempt_and_keeps_the_time_of_the_first() {
        LedgerEntry inDoubt = entryIn(LedgerState.IN_DOUBT, claim(OperationKind.NOTE));
        clock.advance(MINUTE);

        LedgerEntry second = won(take(ledger, List.of(), again(inDoubt)));

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

        LedgerEntry second = won(take(ledger, List.of(), other));

        assertThat(second.reference()).isEqualTo("cm-first");
        assertThat(row(second.key()))
                .containsEntry("reference", "cm-first")
                .containsEntry("state_before", "closed")
                .containsEntry("job_execution_id", EXECUTION + 1);
    }

    @Test
    void a_further_claim_removes_the_previous_answer() {
        LedgerEntry inDoubt = entryIn(LedgerState.IN_DOUBT, claim(OperationKind.NOTE));

        won(take(ledger, List.of(), again(inDoubt)));

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
        LedgerEntry second = won(take(ledger, List.of(), again(old)));

        assertThat(take(ledger, List.of(), again(old))).as("it is SENT now").isEmpty();
        ledger.settle(List.of(Settlement.failed(second, LedgerState.IN_DOUBT, clock.instant(), FAILURE)));
        assertThat(take(ledger, List.of(), again(old)))
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
        ledger.settle(List.of(Settlement.done(old, clock.instant(), 200, "part-9")));
        LedgerEntry done = stored(old.key());

        ledger.settle(List.of(Settlement.failed(old, LedgerState.REFUSED, clock.instant(), FAILURE)));

        assertThat(stored(done.key())).isEqualTo(done);
    }

    /** The program that sent it was suspended; the run that took over has found the operation in doubt meanwhile. */
    @Test
    void an_answer_that_comes_late_is_still_the_truth_about_its_attempt() {
        LedgerEntry sent = entryIn(LedgerState.SENT, claim(OperationKind.NOTE));
        ledger.settle(List.of(Settlement.failed(sent, LedgerState.IN_DOUBT, clock.instant(), FAILURE)));

        ledger.settle(List.of(Settlement.done(sent, clock.instant(), 200, "part-9")));

        assertThat(stored(sent.key()))
                .returns(LedgerState.DONE, LedgerEntry::state)
                .returns("part-9", LedgerEntry::remoteId);
    }

    @Test
    void an_answer_says_nothing_about_an_attempt_that_was_claimed_after_it() {
        LedgerEntry first = entryIn(LedgerState.SENT, claim(OperationKind.NOTE));
        ledger.settle(List.of(Settlement.failed(first, LedgerState.IN_DOUBT, clock.instant(), FAILURE)));
        LedgerEntry second = won(take(ledger, List.of(), again(stored(first.key()))));

        ledger.settle(List.of(Settlement.done(first, clock.instant(), 200, "part-9")));

        assertThat(stored(first.key())).isEqualTo(second);
    }

    @Test
    void what_forbids_a_claim_undoes_it_and_leaves_the_settlements_before_it() {
        LedgerEntry note = entryIn(LedgerState.SENT, claim(OperationKind.NOTE));
        List<Settlement> earlier = List.of(Settlement.done(note, clock.instant(), 200, "part-9"));

        assertThat(ledger.claim(earlier, claim(OperationKind.TAG), () -> false, () -> true))
                .isEmpty();
        assertThat(ledger.claim(List.of(), claim(OperationKind.TAG), () -> true, () -> false))
                .isEmpty();

        assertThat(stored(note.key())).returns(LedgerState.DONE, LedgerEntry::state);
        assertThat(ledger.find(claim(OperationKind.TAG).key())).isEmpty();
    }

    @Test
    void two_settlements_of_one_operation_are_written_in_their_order() {
        LedgerEntry sent = entryIn(LedgerState.SENT, claim(OperationKind.CLOSE));
        Failure ended = Failure.withoutAnswer(FailureKind.NOT_SENT, "run_ended", "no call");

        ledger.settle(List.of(
                Settlement.failed(sent, LedgerState.NOT_SENT, clock.instant(), ended),
                Settlement.notNeeded(again(sent.in(LedgerState.NOT_SENT, clock.instant())))));

        assertThat(stored(sent.key())).returns(LedgerState.NOT_NEEDED, LedgerEntry::state);
    }

    @Test
    void an_operation_that_is_not_needed_has_no_attempt() {
        ledger.settle(List.of(Settlement.notNeeded(claim(OperationKind.CLOSE))));

        assertThat(stored(claim(OperationKind.CLOSE).key()))
                .returns(LedgerState.NOT_NEEDED, LedgerEntry::state)
                .returns(0, LedgerEntry::attempts);
        assertThat(row(claim(OperationKind.CLOSE).key()).get("settled_at")).isNotNull();
    }
}
