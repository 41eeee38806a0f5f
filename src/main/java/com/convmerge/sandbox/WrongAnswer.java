package com.convmerge.sandbox;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers that contradict what has happened, have values that nobody expects, or are too long. */
public final class WrongAnswer {
    private WrongAnswer() {}

    /** The conversation is said to be in this state, which need not be one of Intercom's. */
    public static AnswerChange state(String state) {
        return AnswerChange.ofConversation(
                conversation -> conversation.put("state", state).put("open", !state.equals("closed")));
    }

    /** The answer is that of another conversation, with its id and its parts. */
    public static AnswerChange ofOtherConversation(String id) {
        return answer -> answer.json(answer.conversationOf(id));
    }

    /** The newest note is not in the answer, and {@code total_count} does not count it. */
    public static AnswerChange withoutNewestNote() {
        return answer -> {
            for (int i = answer.partList().size() - 1; i >= 0; i--) {
                if (answer.partList().path(i).path("part_type").asString("").equals("note")) {
                    answer.partList().remove(i);
                    PartsLeftOut.countWrongBy(-1).change(answer);
                    return;
                }
            }
        };
    }

    /** The tag in the answer has another id. */
    public static AnswerChange tagId(String id) {
        return answer -> {
            if (answer.json().path("type").asString("").equals("tag")) {
                answer.json().put("id", id);
            }
        };
    }

    /** Every field of this name, at any depth, has this value. */
    public static AnswerChange field(String name, long value) {
        return everyObject(object -> {
            if (object.has(name)) {
                object.put(name, value);
            }
        });
    }

    /** Every field of this name, at any depth, has this value. */
    public static AnswerChange field(String name, String value) {
        return everyObject(object -> {
            if (object.has(name)) {
                object.put(name, value);
            }
        });
    }

    /** All ids that consist of digits are numbers instead of texts. */
    public static AnswerChange idsAsNumbers() {
        return everyObject(object -> {
            String id = object.path("id").asString("");
            if (id.matches("[0-9]{1,18}")) {
                object.put("id", Long.parseLong(id));
            }
        });
    }

    /** The answer has a {@code Retry-After} header, whatever its status. */
    public static AnswerChange retryAfter(Duration time) {
        return answer -> answer.header("Retry-After", String.valueOf(time.toSeconds()));
    }

    /** The answer has this {@code Retry-After} header, whatever its status: a date, for example, or something absurd. */
    public static AnswerChange retryAfter(String value) {
        return answer -> answer.header("Retry-After", value);
    }

    /** {@code X-RateLimit-Limit} and {@code X-RateLimit-Remaining} have these values, which may be negative. */
    public static AnswerChange rateLimit(long limit, long remaining) {
        return answer -> {
            answer.header("X-RateLimit-Limit", String.valueOf(limit));
            answer.header("X-RateLimit-Remaining", String.valueOf(remaining));
        };
    }

    /** {@code X-RateLimit-Reset} is this far ahead. */
    public static AnswerChange rateLimitReset(Duration ahead) {
        return answer -> {
            long reset = answer.call().at().plus(ahead).getEpochSecond();
            answer.header("X-RateLimit-Reset", String.format(Locale.ROOT, "%d", reset));
        };
    }

    /** The answer begins with so many megabytes of spaces, which JSON allows. */
    public static AnswerChange megabytes(int megabytes) {
        return answer -> answer.padding(megabytes * 1_000_000);
    }

    /** The body arrives byte by byte, each after this time. This time really passes, whatever the sandbox's clock. */
    public static AnswerChange dripping(Duration perByte) {
        return answer -> answer.dripping(perByte);
    }

    /** The body never ends: spaces take the place of its last brace until the client or the sandbox closes. */
    public static AnswerChange endless() {
        return HttpAnswer::endless;
    }

    private static AnswerChange everyObject(Consumer<ObjectNode> change) {
        return answer -> everyObject(answer.json(), change);
    }

    private static void everyObject(JsonNode node, Consumer<ObjectNode> change) {
        if (node instanceof ObjectNode object) {
            change.accept(object);
        }
        node.values().forEach(child -> everyObject(child, change));
    }
}
