package com.convmerge.sandbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the workspace's workflows do at once when a call closes, opens or snoozes a conversation. It is thread-safe. */
final class Workflows {
    private record Trigger(String conversation, String state) {}

    private final Map<Trigger, String> reactions = new ConcurrentHashMap<>();

    /** Says whether a conversation that a call has brought into one state is brought into another one. */
    void set(String conversation, String from, String to, boolean on) {
        Trigger trigger = new Trigger(conversation, from);
        if (on) {
            reactions.put(trigger, to);
        } else {
            reactions.remove(trigger);
        }
    }

    /** The state that a workflow brings the conversation into, or null if it stays as it is. */
    @Nullable
    String reactionTo(String conversation, String state) {
        return reactions.get(new Trigger(conversation, state));
    }
}
