package com.convmerge.batch;

import com.convmerge.intercom.Intercom;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Processes items on the shared pool unless the brake is pulled. An item that does not begin is filtered: it is not written,
 * so its rows stay as they are.
 *
 * <p>A chunk that failed keeps running in Spring Batch 6.0.6 (measured: 45 of 50 queued items started after the job had
 * returned FAILED), so the brake is asked here, for each item, and not where the chunk was submitted.
 */
abstract class CancellableItemProcessor<I, O> implements ItemProcessor<I, O> {
    private final RunCancellation brake;
    private final InFlightRequests inHand;
    private final Intercom intercom;
    private final CircuitBreaker breaker;

    CancellableItemProcessor(StepParts parts) {
        this.brake = parts.brake();
        this.inHand = parts.inHand();
        this.intercom = parts.intercom();
        this.breaker = parts.breaker();
    }

    /** Does the work; null to leave the item as it is. */
    abstract @Nullable O apply(I item) throws RequestFailedException;

    /** Whether the brake ends what this step does. */
    boolean mustNotBegin(RunCancellation pulled) {
        return pulled.endsMerges();
    }

    @Override
    public final @Nullable O process(I item) throws Exception {
        inHand.enter();
        try {
            return mustNotBegin(brake) ? null : apply(item);
        } catch (RuntimeException e) {
            // A bug or a broken database: what is queued behind must not begin.
            brake.pull(RunCancellation.Kind.FAILED, ErrorMessages.oneLine(e));
            throw e;
        } finally {
            inHand.leave();
        }
    }

    /** Ends the run for a failure that no request is to blame for; what waits for its turn is not sent any more. */
    final @Nullable O stopRun(Failure failure) {
        if (Intercom.isHalted(failure)) {
            // The run is ending already, for a reason of its own.
            return null;
        }
        brake.pull(
                RunCancellation.Kind.FAILED,
                "Intercom does not let the run go on: " + failure.describe() + ". No request was blamed for it");
        intercom.halt();
        return null;
    }

    /** Tells the breaker of a success, or of a failure that may be Intercom's; ends the run if these are too many. */
    final void saw(@Nullable Failure failure) {
        if (failure == null) {
            breaker.saw(false);
            return;
        }
        if (failure.kind() == FailureKind.NOT_FOUND) {
            // Whether a conversation is there says nothing of Intercom's health.
            return;
        }
        breaker.saw(true).ifPresent(why -> {
            brake.pull(
                    RunCancellation.Kind.FAILED,
                    why + ", the last with " + failure.describe()
                            + ": that is Intercom's trouble or the network's, not theirs. What was not begun stays PENDING");
            intercom.halt();
        });
    }
}
