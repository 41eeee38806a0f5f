package com.convmerge.batch;

import com.convmerge.apply.Gate;
import com.convmerge.apply.Outcome;
import com.convmerge.intercom.Intercom;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import com.convmerge.report.ErrorMessages;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Processes items on the shared pool until the run is cancelled. An item that does not begin is filtered: it is not written, so
 * its rows stay as they are. An item that fails is skipped with a {@link RequestFailedException}.
 *
 * <p>A chunk that failed keeps running in Spring Batch 6.0.6 (measured: 45 of 50 queued items started after the job had
 * returned FAILED). So the cancellation is looked at here, for each item, and not where the chunk was submitted.
 *
 * @param isEnded whether the cancellation ends what this step does
 * @param work applies an item at Intercom
 * @param describe says what the failure of an operation on the item means for the retry table
 * @param shown the conversation that a success shows to be there
 * @param inDoubt takes each item of which nobody knows yet what became of it; it is filtered, too
 * @param observer takes how each item ended that is neither in doubt nor held back
 * @param blame decides whose fault a failure is
 */
record CancellableItemProcessor<I, O>(
        MergeRun run,
        BooleanSupplier isEnded,
        Function<I, Outcome<O>> work,
        BiFunction<I, OperationKind, RequestFailedException.Item> describe,
        Function<O, ConversationId> shown,
        BiConsumer<I, Outcome.InDoubt<O>> inDoubt,
        Consumer<Outcome<O>> observer,
        Blame blame)
        implements ItemProcessor<I, O> {
    @Override
    public @Nullable O process(I item) throws RequestFailedException {
        run.beginItem();
        try {
            if (isEnded.getAsBoolean()) {
                return null;
            }
            long began = blame.begin();
            Outcome<O> outcome = work.apply(item);
            if (outcome instanceof Outcome.Failed<O> failed) {
                return fail(item, failed);
            }
            if (outcome instanceof Outcome.InDoubt<O> open) {
                inDoubt.accept(item, open);
                return null;
            }
            O done = ((Outcome.Done<O>) outcome).value();
            blame.succeeded(shown.apply(done), began);
            observer.accept(outcome);
            return done;
        } catch (RuntimeException | Error e) {
            boolean isItsOwn = e instanceof RuntimeException || e instanceof StackOverflowError;
            if (isItsOwn && !ErrorMessages.isDatabaseAway(e)) {
                throw blame.fault(describe.apply(item, blame.operation()), e);
            }
            // The database is broken, or there is not enough memory, so what is queued behind must not begin.
            run.cancellation.cancel(RunCancellation.Kind.FAILED, ErrorMessages.oneLine(e));
            throw e;
        } finally {
            run.endItem();
        }
    }

    private @Nullable O fail(I item, Outcome.Failed<O> failed) throws RequestFailedException {
        Failure failure = failed.failure();
        if (Intercom.isHalted(failure)) {
            return null;
        }
        RequestFailedException exception =
                new RequestFailedException(describe.apply(item, failed.operation()), failed.operation(), failure);
        if (Gate.isWithdrawn(failure)) {
            run.withdrawn(exception);
            return null;
        }
        if (blame.holdsBack(exception)) {
            return null;
        }
        if (failure.kind() == FailureKind.STOPS_THE_RUN) {
            run.stopFor(failure);
            return null;
        }
        observer.accept(failed);
        throw exception;
    }
}
