package com.convmerge.sandbox;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Intercom's own merge of one conversation into another, which cannot be undone. Which tickets, customers and channels it refuses is
 * documented, in which words it does so is not; nor is how a conversation reads afterwards that was merged away.
 */
final class MergeEndpoint {
    private static final Set<String> NEVER_MERGED = Set.of("Back-office", "Tracker");

    private final SandboxWorkspace workspace;

    MergeEndpoint(SandboxWorkspace workspace) {
        this.workspace = workspace;
    }

    Answer merge(Request request) {
        Long into = request.parameters().wholeNumber("merge_into_conversation_id");
        if (into == null) {
            throw Refused.parameter(
                    "merge_into_conversation_id", "merge_into_conversation_id must be a valid integer conversation ID");
        }
        SandboxConversation secondary = workspace.conversations.get(request.conversation());
        if (secondary == null) {
            throw Refused.notFound("Resource Not Found");
        }
        if (secondary.initial.ticketCategory() != null && workspace.quirks.contains(Quirk.TICKETS_NOT_IN_SCOPE)) {
            throw Refused.of(403, "forbidden", "Forbidden request");
        }
        SandboxConversation primary = workspace.conversations.get(String.valueOf(into));
        if (primary == null) {
            throw failed("Primary conversation not found");
        }
        check(secondary, primary);
        secondary.mergeInto(primary, workspace.now());
        workspace.parts.add(secondary, "merged_secondary_conversation", null, workspace.operator);
        workspace.parts.add(primary, "merged_primary_conversation", null, workspace.operator);
        workspace.changed(secondary);
        return Answer.changed(new ConversationJson(false).whole(workspace.changed(primary)));
    }

    private void check(SandboxConversation secondary, SandboxConversation primary) {
        if (primary == secondary) {
            throw failed("Cannot merge a conversation into itself");
        }
        if (secondary.isMerged()) {
            throw failed("Secondary conversation has already been merged");
        }
        if (isNeverMerged(secondary) || isNeverMerged(primary)) {
            throw failed("Back-office and Tracker tickets cannot be merged");
        }
        if (workspace.quirks.contains(Quirk.CUSTOMERS_NOT_MERGED)
                && !customers(secondary).equals(customers(primary))) {
            throw failed("Conversations of different customers cannot be merged");
        }
        if (workspace.quirks.contains(Quirk.CHANNELS_NOT_MERGED) && isEmail(secondary) != isEmail(primary)) {
            throw failed("Conversations of these channels cannot be merged");
        }
    }

    private Set<ContactView> customers(SandboxConversation conversation) {
        return Set.copyOf(conversation.newest(0, workspace.now()).contacts());
    }

    private static boolean isEmail(SandboxConversation conversation) {
        return conversation.initial.subject() != null;
    }

    private static boolean isNeverMerged(SandboxConversation conversation) {
        String category = conversation.initial.ticketCategory();
        return category != null && NEVER_MERGED.contains(category);
    }

    private static Refused failed(String message) {
        return Refused.of(422, "merge_failed", message);
    }

    /** Rejects a call to a conversation that was merged away, if there is a quirk that says so. */
    void checkReachable(String id, Duration staleness) {
        String into = mergedInto(id, staleness);
        if (into != null && workspace.quirks.contains(Quirk.MERGED_IS_NOT_FOUND)) {
            throw Refused.notFound("Resource Not Found");
        }
        if (into != null && workspace.quirks.contains(Quirk.MERGED_REDIRECTS)) {
            throw Refused.redirect(into);
        }
    }

    /** The id of the conversation that a read of this one shows. */
    String shownFor(String id, Duration staleness) {
        String into = mergedInto(id, staleness);
        return into != null && workspace.quirks.contains(Quirk.MERGED_READS_AS_PRIMARY) ? into : id;
    }

    private @Nullable String mergedInto(String id, Duration staleness) {
        SandboxConversation conversation = workspace.conversations.get(id);
        return conversation == null
                ? null
                : conversation.withoutParts(workspace.now(), staleness).mergedInto();
    }
}
