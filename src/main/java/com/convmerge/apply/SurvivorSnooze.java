package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import java.time.Instant;
import java.util.Optional;

/** Keeps a snoozed survivor snoozed: a note wakes it (Intercom API 2.16, "Reply to a conversation"). */
public record SurvivorSnooze(IntercomClient client) {
    /** How the survivor is after its note. */
    public enum State {
        /** It is snoozed, and was not woken. */
        ASLEEP,
        /** It was woken, and is snoozed again. */
        SNOOZED_AGAIN,
        /** Somebody closed it meanwhile, so it is left as it is. */
        CLOSED
    }

    /** Until when the survivor is snoozed now; empty if it is not, or nobody can say. */
    public Optional<Instant> until(ConversationId survivor) {
        return client.read(survivor) instanceof Answer.Ok<Conversation> ok && isSnoozed(ok.value())
                ? Optional.ofNullable(ok.value().snoozedUntil())
                : Optional.empty();
    }

    /** Snoozes the survivor again, if it is awake. The failure says why it is awake still, or may be. */
    public Answer<State> keep(ConversationId survivor, Instant until, Workspace workspace) {
        Answer<Conversation> now = client.read(survivor);
        if (now instanceof Answer.Ok<Conversation> ok
                && (isSnoozed(ok.value()) || ok.value().isClosed())) {
            State state = ok.value().isClosed() ? State.CLOSED : State.ASLEEP;
            return now.map(seen -> state);
        }
        return now instanceof Answer.Ok<Conversation>
                ? snoozed(client.snooze(survivor, workspace.adminId(), until))
                : now.map(seen -> State.ASLEEP);
    }

    private static Answer<State> snoozed(Answer<Conversation> answer) {
        return answer instanceof Answer.Ok<Conversation> ok && !isSnoozed(ok.value())
                ? new Answer.Failed<>(new Failure(
                        FailureKind.IN_DOUBT,
                        ok.httpStatus(),
                        OperationSender.NOT_SHOWN,
                        "Intercom accepted the snooze, but shows the conversation as "
                                + ok.value().state(),
                        null))
                : answer.map(seen -> State.SNOOZED_AGAIN);
    }

    private static boolean isSnoozed(Conversation seen) {
        return seen.state().equals("snoozed");
    }
}
