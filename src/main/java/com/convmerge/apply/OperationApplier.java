package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.ledger.LedgerState;
import com.convmerge.ledger.Settlement;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes one operation happen once: looks what is left to do of it, and has that sent. What is in doubt is only looked for until the
 * settle time is over.
 *
 * @param verify whether a note that was never begun is looked for before it is sent, because the ledger may have lost it
 * @param settleTime how long after its call a note may still appear
 * @param clock the wall clock, for what is written down
 */
record OperationApplier(
        Ledger ledger,
        IntercomClient client,
        OperationSender sender,
        boolean verify,
        Duration settleTime,
        CallEnds ends,
        Clock clock) {
    /** The code of a failure that says that a conversation does not show enough. */
    static final String CANNOT_VERIFY = "cannot_verify";

    /**
     * How long after its claim a call of a program that was killed had ended for sure: the time that a call takes, and the
     * difference that there may be between the clocks of two machines.
     */
    private static final Duration ENDED_AFTER = Duration.ofMinutes(7);

    /** Does what is left to do of {@code operation}. */
    Outcome<OperationKey> apply(Operation operation, LedgerSession session) {
        LedgerEntry entry = session.entry(operation.kind());
        Optional<Failure> elsewhere = writtenForAnother(operation, entry, session);
        if (elsewhere.isPresent()) {
            return new Outcome.Failed<>(operation.kind(), elsewhere.get());
        }
        if (entry != null && entry.state().isSettled()) {
            return new Outcome.Done<>(operation.key());
        }
        return entry != null && entry.state().isOpen()
                ? resolve(operation, entry, session)
                : begin(operation, entry, session);
    }

    /**
     * Whether the note was begun for an earlier request for the same duplicate, and links to another conversation than this one
     * would. There is never a second note, so that the duplicate can only go where the first one says.
     */
    private Optional<Failure> writtenForAnother(
            Operation operation, @Nullable LedgerEntry entry, LedgerSession session) {
        boolean isOfAnother = entry != null && !entry.key().equals(operation.key());
        if (!isOfAnother || !(operation instanceof Operation.AddNote note)) {
            return Optional.empty();
        }
        Answer<Conversation> answer = seen(operation, session);
        if (answer instanceof Answer.Failed<Conversation> failed) {
            return Optional.of(failed.failure());
        }
        return lost(note, ((Answer.Ok<Conversation>) answer).value())
                .filter(there -> note.isAboutAnotherMerge(there.body()))
                .map(there -> mergedElsewhere(note, there));
    }

    /** Writes to the ledger what no claim has written yet. */
    void finish(LedgerSession session) {
        ledger.settle(session.takeUnwritten());
    }

    /** Looks for what may have happened, and sends it only if it did not and will not. */
    private Outcome<OperationKey> resolve(Operation operation, LedgerEntry found, LedgerSession session) {
        LedgerEntry inDoubt = found.state() == LedgerState.SENT ? takeOver(found) : found;
        Instant since = ends.of(inDoubt);
        Instant lookedAt = ends.now();
        Answer<Conversation> answer = client.read(operation.conversation());
        if (answer instanceof Answer.Failed<Conversation> failed) {
            return notLookedFor(operation, failed.failure(), since);
        }
        Conversation seen = ((Answer.Ok<Conversation>) answer).value();
        Finding finding = operation.find(seen, inDoubt);
        if (finding instanceof Finding.There there) {
            session.saw(seen);
            session.ended(Settlement.done(inDoubt, clock.instant(), null, there.partId()));
        }
        Optional<Failure> lost =
                sender.notes().judge(seen, operation, Objects.requireNonNullElse(inDoubt.reference(), ""), session);
        if (lost.isPresent()) {
            return new Outcome.Failed<>(operation.kind(), lost.get());
        }
        if (finding instanceof Finding.There) {
            return new Outcome.Done<>(operation.key());
        }
        if (finding instanceof Finding.Unknown unknown) {
            return new Outcome.InDoubt<>(operation.kind(), unknown.failure(), since, false);
        }
        if (operation.kind().isNote() && lookedAt.isBefore(since.plus(settleTime))) {
            return new Outcome.InDoubt<>(operation.kind(), why(inDoubt), since, false);
        }
        if (OperationSender.NOT_SHOWN.equals(inDoubt.code()) && inDoubt.executionId() == session.executionId()) {
            // What was changed back once would be changed back again at once.
            return new Outcome.Failed<>(operation.kind(), why(inDoubt));
        }
        session.saw(seen);
        return sender.send(operation, inDoubt, session);
    }

    /** A look that fails says nothing about the operation, unless the conversation is gone. */
    static Outcome<OperationKey> notLookedFor(Operation operation, Failure failure, Instant since) {
        Failure why = new Failure(
                failure.kind(),
                failure.httpStatus(),
                failure.code(),
                "it was in doubt and could not be looked for: " + failure.message(),
                failure.intercomRequestId());
        return switch (failure.kind()) {
            case STOPS_THE_RUN -> new Outcome.Failed<>(operation.kind(), failure);
            case NOT_FOUND -> new Outcome.Failed<>(operation.kind(), why);
            case REFUSED, NOT_SENT, IN_DOUBT ->
                new Outcome.InDoubt<>(operation.kind(), why.as(FailureKind.IN_DOUBT), since, false);
        };
    }

    /** Writes down that what a run has sent that has ended is in doubt. */
    LedgerEntry takeOver(LedgerEntry entry) {
        Instant ended = clock.instant().minus(ends.endedAfter(entry, ENDED_AFTER));
        Failure gone = Failure.withoutAnswer(
                FailureKind.IN_DOUBT, "run_ended", "the run that sent it ended before the answer");
        ledger.settle(List.of(Settlement.failed(entry, LedgerState.IN_DOUBT, ended, gone)));
        return entry.in(LedgerState.IN_DOUBT, ended);
    }

    private Outcome<OperationKey> begin(Operation operation, @Nullable LedgerEntry entry, LedgerSession session) {
        boolean isToVerify = verify && entry == null && operation instanceof Operation.AddNote;
        if (!operation.kind().isNote() || isToVerify) {
            Answer<Conversation> answer = seen(operation, session);
            if (answer instanceof Answer.Failed<Conversation> failed) {
                return new Outcome.Failed<>(operation.kind(), failed.failure());
            }
            Conversation seen = ((Answer.Ok<Conversation>) answer).value();
            if (operation.isSatisfiedBy(seen)) {
                session.ended(Settlement.notNeeded(operation.claim(entry, null, seen, session.executionId())));
                return new Outcome.Done<>(operation.key());
            }
            if (isToVerify) {
                return verify((Operation.AddNote) operation, seen, session);
            }
        }
        return sender.send(operation, entry, session);
    }

    /** Sends a note only if the duplicate carries none of ours, and writes down one that it carries. */
    private Outcome<OperationKey> verify(Operation.AddNote operation, Conversation seen, LedgerSession session) {
        NoteSearch search = operation.noteSearch();
        Optional<NoteSearch.Note> there = lost(operation, seen);
        if (there.isEmpty()) {
            return search.isCertainlyMissing(seen)
                    ? sender.send(operation, null, session)
                    : new Outcome.Failed<>(operation.kind(), cannotVerify());
        }
        NoteSearch.Note note = there.get();
        if (operation.isAboutAnotherMerge(note.body())) {
            return new Outcome.Failed<>(operation.kind(), mergedElsewhere(operation, note));
        }
        session.ended(new Settlement.Found(
                operation.claim(null, note.reference(), seen, session.executionId()), LedgerState.DONE, note.partId()));
        return new Outcome.Done<>(operation.key());
    }

    /** The note of ours that is on the duplicate, but for those that have moved there with others, by Intercom's own merge. */
    private Optional<NoteSearch.Note> lost(Operation.AddNote operation, Conversation seen) {
        return operation
                .noteSearch()
                .lost(seen)
                .filter(note -> note.reference() == null
                        || ledger.conversationOf(note.reference())
                                .filter(written -> !written.equals(operation.conversation()))
                                .isEmpty())
                .findFirst();
    }

    /** The conversation as it was seen in this session, or else as it is now. */
    private Answer<Conversation> seen(Operation operation, LedgerSession session) {
        Conversation seen = session.seen();
        if (seen != null) {
            return new Answer.Ok<>(seen, 200);
        }
        Answer<Conversation> answer = client.read(operation.conversation());
        if (answer instanceof Answer.Ok<Conversation> ok) {
            session.saw(ok.value());
            return answer;
        }
        Failure failure = ((Answer.Failed<Conversation>) answer).failure();
        // A failed read leaves nothing in doubt.
        return new Answer.Failed<>(failure.kind() == FailureKind.IN_DOUBT ? failure.as(FailureKind.NOT_SENT) : failure);
    }

    /** Why the operation is in doubt, as it was written down. */
    static Failure why(LedgerEntry entry) {
        return new Failure(
                FailureKind.IN_DOUBT,
                entry.httpStatus(),
                Objects.requireNonNullElse(entry.code(), "in_doubt"),
                Objects.requireNonNullElse(entry.message(), "no answer came"),
                entry.intercomRequestId());
    }

    private static Failure mergedElsewhere(Operation.AddNote operation, NoteSearch.Note note) {
        return Failure.withoutAnswer(
                FailureKind.REFUSED,
                "merged_elsewhere",
                "conversation " + operation.conversation() + " carries a note of convmerge (ref " + note.reference()
                        + ") that does not link to " + operation.request().survivor()
                        + ": it can only be merged into the conversation that the note links to. Ask for that pair, or look at"
                        + " it in the inbox");
    }

    static Failure cannotVerify() {
        return Failure.withoutAnswer(
                FailureKind.IN_DOUBT,
                CANNOT_VERIFY,
                "Intercom does not list all parts of the conversation, or shows a note of our admin that cannot be read, so"
                        + " that nobody can say whether it has a note of convmerge: look in the inbox");
    }
}
