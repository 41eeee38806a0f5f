package com.convmerge.sandbox;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The conversations of the workspace. Not thread-safe: the workspace's lock guards it. */
final class ConversationStore {
    private final Map<String, SandboxConversation> conversations = new LinkedHashMap<>();
    private final Map<String, Instant> deleted = new LinkedHashMap<>();
    private @Nullable SandboxConversation lastChanged;

    /** Adds a conversation; there must be none with its id. */
    void add(SandboxConversation added, Instant now) {
        if (conversations.putIfAbsent(added.id, added) != null) {
            throw new IllegalArgumentException("conversation " + added.id + " is in the sandbox already");
        }
        deleted.remove(added.id);
        changed(added, now);
    }

    /** Removes a conversation and says whether it existed. */
    boolean remove(String id, Instant now) {
        SandboxConversation removed = conversations.remove(id);
        if (removed == null) {
            return false;
        }
        deleted.put(id, now);
        if (removed == lastChanged) {
            lastChanged = conversations.values().stream()
                    .reduce((a, b) -> b.updatedAt().isBefore(a.updatedAt()) ? a : b)
                    .orElse(null);
        }
        return true;
    }

    @Nullable
    SandboxConversation get(String id) {
        return conversations.get(id);
    }

    /** Finds the conversation for an id in a path; {@code last} is the one that changed most recently. */
    SandboxConversation at(String idInPath) {
        SandboxConversation found = idInPath.equals("last") ? lastChanged : conversations.get(idInPath);
        if (found == null) {
            throw Refused.notFound("Resource Not Found");
        }
        return found;
    }

    /** All conversations, in the order in which they were added. */
    Collection<SandboxConversation> all() {
        return conversations.values();
    }

    /** The ids of the removed conversations with the time of their removal. */
    Map<String, Instant> deleted() {
        return Collections.unmodifiableMap(deleted);
    }

    /** Marks a conversation as the one that changed most recently. */
    void changed(SandboxConversation conversation, Instant now) {
        lastChanged = conversation;
        conversation.remember(now);
    }

    /** Works on a copy of this conversation, so that nothing of it stays. */
    <T> T onCopyOf(SandboxConversation original, Supplier<T> work) {
        SandboxConversation before = lastChanged;
        conversations.put(original.id, original.copy());
        try {
            return work.get();
        } finally {
            conversations.put(original.id, original);
            lastChanged = before;
        }
    }
}
