package com.convmerge.run;

import com.convmerge.batch.RunCancellation;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Call;
import com.convmerge.sandbox.DelayPlan;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.WrittenNote;
import com.convmerge.testing.BatchFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** What tests on notes in doubt have in common: how a note comes to be in doubt, and what was sent and read for it. */
final class NoteInDoubt {
    static final Duration SETTLE_TIME = Duration.ofMinutes(15);

    /** Stays for nothing that is in doubt. */
    static final RunOptions NO_WAIT = new RunOptions(null, null, false, false);

    private NoteInDoubt() {}

    /** The first note on a conversation is answered with a fault, and appears only after some time. */
    static void late(BatchFixture night, long conversation, Fault fault, Duration delay) {
        night.sandbox.faults(FaultPlan.on(noteOn(conversation), fault));
        night.sandbox.lateEffects(DelayPlan.on(noteOn(conversation), delay));
    }

    static Predicate<Arrival> noteOn(long conversation) {
        return arrival -> arrival.isNote() && arrival.isFor(Long.toString(conversation));
    }

    static Predicate<Arrival> readOf(long conversation) {
        return arrival -> arrival.isRead() && arrival.isFor(Long.toString(conversation));
    }

    /** Does something when the first matching call arrives, before it is answered. */
    static FaultPlan atFirst(Predicate<Arrival> matching, Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        return arrival -> {
            if (matching.test(arrival) && done.compareAndSet(false, true)) {
                action.run();
            }
            return Optional.empty();
        };
    }

    /** Tells the program of {@code night} to end its run, as SIGTERM does, and returns when the run knows it. */
    static void stop(BatchFixture night) {
        RunCancellation cancellation =
                night.part(RunLauncher.class).cancellation().orElseThrow();
        CompletableFuture.runAsync(night.part(RunLauncher.class)::stop);
        while (!cancellation.endsAll()) {
            Thread.onSpinWait();
        }
    }

    /** The notes that were really written. */
    static List<WrittenNote> written(BatchFixture night, long conversation) {
        return night.sandbox.workspace().notesWritten(Long.toString(conversation));
    }

    static List<Call> calls(BatchFixture night, Predicate<Arrival> matching) {
        return night.sandbox.calls().stream()
                .filter(call -> matching.test(call.arrival()))
                .toList();
    }

    /** When the only request in the retry table is tried again. */
    static Instant nextAttempt(BatchFixture night) {
        return night.jdbc
                .sql("SELECT next_attempt_at FROM merge_retry")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** How many operations in the ledger have this state. */
    static long inState(BatchFixture night, String state) {
        return night.number("SELECT COUNT(*) FROM merge_operation WHERE state = '" + state + "'");
    }
}
