package com.convmerge.batch;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OneLine;
import com.convmerge.merge.OperationKind;
import com.convmerge.report.ErrorMessages;
import com.convmerge.requests.CheckedSurvivors;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides in one step of a run whose fault a failure is: that of its item, which goes to the retry table, or nobody's, and the run
 * ends.
 *
 * @param operation what a fault of our own is filed under
 * @param survivors knows a conversation that was there before
 * @param file puts a failure that is its item's own into the retry table
 */
record Blame(
        MergeRun run,
        OperationKind operation,
        Suspects suspects,
        CheckedSurvivors survivors,
        Consumer<RequestFailedException> file) {
    private static final Logger log = LoggerFactory.getLogger(Blame.class);
    private static final int MESSAGE_SHOWN = 500;

    /** An item begins. */
    long begin() {
        return suspects.begin();
    }

    /** An item was done that began at {@code began}, so that what was held back before is its items' own. */
    void succeeded(ConversationId conversation, long began) {
        suspects.succeeded(conversation, began).forEach(this::fileOwn);
    }

    /** Whether the failure may be everybody's and is held back. Ends the run if it plainly is. */
    boolean holdsBack(RequestFailedException failed) {
        Failure failure = failed.failure;
        if (!Suspects.includes(failure)) {
            return false;
        }
        // The failure of one survivor comes again with each of its requests. What is known of it need not be asked
        // again.
        Suspects.Known known = suspects.known(failed.item.conversation());
        if (known == Suspects.Known.ITS_OWN) {
            fileOwn(failed);
            return true;
        }
        if (known == Suspects.Known.NOTHING
                && Suspects.isRefusal(failure)
                && !run.gate.preflight().isTokenGood()) {
            return false;
        }
        switch (suspects.hold(failed)) {
            case GO_ON -> {}
            case END_THE_RUN -> run.fail(suspects.allFailed(failure));
            case LOOK_FOR_ANOTHER -> lookForAnother(failure);
        }
        return true;
    }

    /** If a conversation is there that was there before, the others are gone indeed. Without one, the end of the step decides. */
    private void lookForAnother(Failure failure) {
        Optional<ConversationId> another = another();
        if (another.isEmpty()) {
            return;
        }
        if (run.gate.survivors().isThere(another.get())) {
            suspects.release().forEach(this::fileOwn);
        } else {
            run.fail(suspects.allFailed(failure));
        }
    }

    private Optional<ConversationId> another() {
        return suspects.lastGood().or(survivors::lastFound);
    }

    /**
     * At the end of the step: files what is held back, or ends the run because nothing worked at all. However many conversations are
     * gone, they are gone if another one is there.
     */
    void settle() {
        if (run.cancellation.endsAll()) {
            return;
        }
        Optional<String> why = suspects.whyNothingWorked();
        Optional<Failure> missing = suspects.lastMissing();
        if (why.isPresent()
                && (missing.isEmpty() || suspects.areRefused() || another().isEmpty())) {
            run.fail(why.get());
            return;
        }
        missing.ifPresent(this::lookForAnother);
        if (!run.cancellation.endsAll()) {
            suspects.release().forEach(this::fileOwn);
        }
    }

    private void fileOwn(RequestFailedException failed) {
        Failure failure = failed.failure;
        // Nothing is given up for good because a token was refused: it may have had fewer rights for a while.
        FailureKind kind = failure.kind() == FailureKind.STOPS_THE_RUN ? FailureKind.NOT_SENT : failure.kind();
        file.accept(new RequestFailedException(failed.item, failed.operation, failure.as(kind)));
    }

    /** A bug that an item brings about, or a value that the database does not take: blames the item, so that the others go on. */
    RequestFailedException fault(RequestFailedException.Item item, Throwable e) {
        // A call may have been under way. The ledger knows.
        Failure failure = fault(item.subject(), e, FailureKind.IN_DOUBT);
        run.countFault(failure);
        return new RequestFailedException(item, operation, failure);
    }

    static Failure fault(String subject, Throwable e, FailureKind kind) {
        log.warn(
                "{}: a fault of convmerge's own, or a value that the database does not take; please report it",
                subject,
                e);
        return Failure.withoutAnswer(kind, "internal_fault", OneLine.of(ErrorMessages.oneLine(e), MESSAGE_SHOWN));
    }
}
