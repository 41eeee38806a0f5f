package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.ledger.Ledger;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.settings.ClosedParent;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a survivor before anything is merged into it, so that no duplicate is closed onto a conversation that is not there. */
public record SurvivorCheck(
        IntercomClient client, Ledger ledger, OperationApplier operations, ClosedParent closedParent) {
    private static final Pattern IS_ABOUT_SOMETHING_ELSE =
            Pattern.compile("(?i)\\b(user|contact|admin|teammate|company|tag)\\b");

    /**
     * What was found.
     *
     * @param rejection why nothing may be merged into it; null if it may
     */
    public record Result(
            ConversationId survivor,
            Conversation seen,
            @Nullable String rejection) {}

    /** Reads the survivor and changes nothing; the failure is Intercom's own. */
    public Outcome<Result> look(ConversationId survivor) {
        Answer<Conversation> answer = client.read(survivor);
        if (answer instanceof Answer.Failed<Conversation> failed) {
            return new Outcome.Failed<>(OperationKind.SURVIVOR_CHECK, failed.failure());
        }
        Conversation seen = ((Answer.Ok<Conversation>) answer).value();
        boolean isRejected = seen.isClosed() && closedParent == ClosedParent.REJECT;
        return new Outcome.Done<>(new Result(survivor, seen, isRejected ? "parent " + survivor + " is closed" : null));
    }

    /** Whether a conversation that was there before still is. If not, Intercom, or what is in between, finds none at all. */
    public boolean isThere(ConversationId conversation) {
        return client.read(conversation) instanceof Answer.Ok<Conversation>;
    }

    /** Reads the survivor, and opens it if it is closed and the settings ask for that. */
    public Outcome<Result> check(ConversationId survivor, Workspace workspace, long executionId) {
        Outcome<Result> found = look(survivor);
        if (found instanceof Outcome.Done<Result> done
                && done.value().seen().isClosed()
                && closedParent == ClosedParent.REOPEN) {
            found = reopen(survivor, done.value().seen(), workspace, executionId)
                    .map(key -> done.value());
        }
        if (found instanceof Outcome.InDoubt<Result> inDoubt) {
            // Nothing was sent for the request itself, so nothing of it is in doubt.
            return new Outcome.Failed<>(
                    OperationKind.SURVIVOR_CHECK, inDoubt.failure().as(FailureKind.NOT_SENT));
        }
        return found instanceof Outcome.Failed<Result> failed
                ? new Outcome.Failed<>(OperationKind.SURVIVOR_CHECK, forRequests(survivor, failed.failure()))
                : found;
    }

    private Outcome<OperationKey> reopen(
            ConversationId survivor, Conversation seen, Workspace workspace, long executionId) {
        Operation.Reopen reopen =
                new Operation.Reopen(OperationKey.ofReopen(survivor, executionId), null, survivor, workspace);
        LedgerSession session =
                new LedgerSession(ledger.find(reopen.key()).stream().toList(), executionId);
        session.saw(seen);
        Outcome<OperationKey> outcome = applyOnce(reopen, session);
        // An opening may be repeated, so one that is in doubt is looked for, and sent again, at once.
        return outcome instanceof Outcome.InDoubt<OperationKey>
                ? applyOnce(
                        reopen,
                        new LedgerSession(ledger.find(reopen.key()).stream().toList(), executionId))
                : outcome;
    }

    private Outcome<OperationKey> applyOnce(Operation.Reopen reopen, LedgerSession session) {
        Outcome<OperationKey> outcome = operations.apply(reopen, session);
        operations.finish(session);
        return outcome;
    }

    /** What a failed check means for the requests that were to be merged into the survivor. */
    private static Failure forRequests(ConversationId survivor, Failure failure) {
        return switch (failure.kind()) {
            case NOT_FOUND ->
                new Failure(
                        failure.kind(),
                        failure.httpStatus(),
                        // "User Not Found" has the same code as a conversation that is not there, but says something
                        // else.
                        IS_ABOUT_SOMETHING_ELSE.matcher(failure.message()).find() ? failure.code() : "parent_not_found",
                        "for parent " + survivor + " Intercom says: " + failure.code() + ": " + failure.message()
                                + "; the duplicate was not touched",
                        failure.intercomRequestId());
            case IN_DOUBT -> failure.as(FailureKind.NOT_SENT);
            case NOT_SENT, REFUSED, STOPS_THE_RUN -> failure;
        };
    }
}
