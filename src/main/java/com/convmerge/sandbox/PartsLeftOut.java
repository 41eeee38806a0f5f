package com.convmerge.sandbox;

import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers that do not list all the parts of a conversation, or that count them wrongly. */
public final class PartsLeftOut {
    private static final String PARTS = "conversation_parts";

    private PartsLeftOut() {}

    /** The newest {@code n} parts are missing; {@code total_count} is right. */
    public static AnswerChange newest(int n) {
        return list(parts -> remove(parts, parts.size() - n, parts.size()));
    }

    /** The oldest {@code n} parts are missing; {@code total_count} is right. */
    public static AnswerChange oldest(int n) {
        return list(parts -> remove(parts, 0, n));
    }

    /** One part is missing; which one depends on the seed, the operation and its attempt. */
    public static AnswerChange oneAtRandom(long seed) {
        return answer -> {
            ArrayNode parts = answer.partList();
            if (!parts.isEmpty()) {
                Arrival call = answer.call();
                parts.remove(new Dice(seed, call.operation(), call.attempt()).below(parts.size()));
            }
        };
    }

    /** Only the oldest {@code k} parts are listed, as on the first of several pages. */
    public static AnswerChange firstPage(int k) {
        return list(parts -> remove(parts, k, parts.size()));
    }

    /** The list is empty; {@code total_count} is right. */
    public static AnswerChange all() {
        return list(ArrayNode::removeAll);
    }

    /** The list of parts within {@code conversation_parts} is null; {@code total_count} is right. */
    public static AnswerChange nullList() {
        return whole(parts -> parts.putNull(PARTS));
    }

    /** {@code conversation_parts} is null. */
    public static AnswerChange nullParts() {
        return AnswerChange.ofConversation(conversation -> conversation.putNull(PARTS));
    }

    /** {@code conversation_parts} is missing. */
    public static AnswerChange missingParts() {
        return AnswerChange.ofConversation(conversation -> conversation.remove(PARTS));
    }

    /** {@code total_count} is missing; the list is complete. */
    public static AnswerChange missingCount() {
        return whole(parts -> parts.remove("total_count"));
    }

    /** {@code total_count} is wrong by this number; the list is complete. */
    public static AnswerChange countWrongBy(int difference) {
        return whole(parts -> parts.put("total_count", parts.path("total_count").asInt(0) + difference));
    }

    private static AnswerChange list(Consumer<ArrayNode> change) {
        return answer -> change.accept(answer.partList());
    }

    private static AnswerChange whole(Consumer<ObjectNode> change) {
        return AnswerChange.ofConversation(conversation -> {
            if (conversation.path(PARTS) instanceof ObjectNode parts) {
                change.accept(parts);
            }
        });
    }

    private static void remove(ArrayNode parts, int from, int to) {
        for (int i = Math.min(to, parts.size()) - 1; i >= Math.max(0, from); i--) {
            parts.remove(i);
        }
    }
}
