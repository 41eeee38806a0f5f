package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;

/**
 * What a 404 on a write means. A conversation is only gone if a read says so, too: a 404 may come from something in between, or be
 * about something else, and the write may have happened all the same.
 */
record Disappearance(IntercomClient client) {
    /** So often the note on a survivor is sent in all, if in the end it seems to be gone. */
    private static final int TRIES = 3;

    /** What the failure of a note means. It is never sent again while it may be there. */
    Failure ofNote(Failure failure, Operation operation, int attempts) {
        if (failure.kind() != FailureKind.NOT_FOUND) {
            return failure;
        }
        if (!isGone(client.read(operation.conversation()))) {
            return contradicted(failure).as(FailureKind.IN_DOUBT);
        }
        if (!(operation instanceof AddSurvivorNote)) {
            return failure;
        }
        // The merges stand, so that it is nobody's trouble; it may pass, and nobody tries for ever.
        return failure.as(attempts < TRIES ? FailureKind.NOT_SENT : FailureKind.REFUSED);
    }

    /** What the failure of an operation means that may be sent again. */
    Failure ofRepeatable(Failure failure, Operation operation) {
        if (failure.kind() != FailureKind.NOT_FOUND) {
            return failure;
        }
        Answer<Conversation> read = client.read(operation.conversation());
        if (isGone(read)) {
            return failure;
        }
        boolean isStopped = read instanceof Answer.Failed<Conversation> failed
                && failed.failure().kind() == FailureKind.STOPS_THE_RUN;
        return isStopped ? ((Answer.Failed<Conversation>) read).failure() : contradicted(failure);
    }

    private static boolean isGone(Answer<Conversation> read) {
        return read instanceof Answer.Failed<Conversation> failed
                && failed.failure().kind() == FailureKind.NOT_FOUND;
    }

    private static Failure contradicted(Failure failure) {
        return new Failure(
                FailureKind.NOT_SENT,
                failure.httpStatus(),
                failure.code(),
                failure.message() + "; but nothing shows that the conversation is gone",
                failure.intercomRequestId());
    }
}
