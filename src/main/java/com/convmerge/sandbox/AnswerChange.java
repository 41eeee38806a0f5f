package com.convmerge.sandbox;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an answer differ from the truth on its way to the client; the workspace stays as it is. {@link PartsLeftOut},
 * {@link BodyChange} and {@link WrongAnswer} have changes to choose from.
 */
@FunctionalInterface
public interface AnswerChange {
    /** Changes an answer, from the thread of its connection. */
    void change(HttpAnswer answer);

    /** Changes the conversation that an answer consists of; other answers stay as they are. */
    static AnswerChange ofConversation(Consumer<ObjectNode> change) {
        return answer -> answer.conversation().ifPresent(change);
    }

    /** Changes the bodies of all parts of a conversation; parts without a body stay as they are. */
    static AnswerChange ofBodies(Function<String, @Nullable String> change) {
        return answer -> answer.parts().forEach(part -> {
            String body = part.path("body").asString("");
            if (!body.isEmpty()) {
                part.put("body", change.apply(body));
            }
        });
    }

    /** Makes this change first and then the other one. */
    default AnswerChange and(AnswerChange next) {
        return answer -> {
            change(answer);
            next.change(answer);
        };
    }
}
