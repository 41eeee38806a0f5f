package com.convmerge.sandbox;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Passes each call to the class that implements its endpoint. */
final class Endpoints {
    /** Intercom shows no more parts of a conversation than this, and always the newest. */
    static final int PARTS_SHOWN = 500;

    /** The calls whose effect can be late: each changes one conversation and adds at most one part to it. */
    private static final Set<Route> CAN_BE_LATE =
            EnumSet.of(Route.REPLY, Route.PARTS, Route.TAG, Route.UNTAG, Route.REDACT);

    /** The calls for which a conversation must be there. */
    private static final Set<Route> NEED_A_CONVERSATION = EnumSet.of(
            Route.READ, Route.REPLY, Route.PARTS, Route.TAG, Route.UNTAG, Route.ATTACH_CONTACT, Route.DETACH_CONTACT);

    private static final String ME = """
            {"type": "admin", "id": null, "email": null, "name": null, "email_verified": true,
             "app": {"type": "app", "id_code": null, "name": "Convmerge sandbox", "created_at": 1734537243,
                     "secure": false, "identity_verification": false, "timezone": "America/Los_Angeles",
                     "region": null},
             "avatar": {"type": "avatar",
                        "image_url": "https://static.intercomassets.com/assets/default-avatars/admins/128.png"},
             "has_inbox_seat": true, "team_ids": [814865]}""";

    private final SandboxWorkspace workspace;
    private final ConversationEndpoints conversations;
    private final MergeEndpoint merges;
    private final TagEndpoints tags;
    private final RedactionEndpoint redactions;
    private final ContactEndpoints contacts;
    private final ListEndpoints lists;
    /** What keeps the changes, or null if nothing does. */
    volatile @Nullable SandboxJournal journal;

    Endpoints(SandboxWorkspace workspace) {
        this.workspace = workspace;
        conversations = new ConversationEndpoints(workspace);
        merges = new MergeEndpoint(workspace);
        tags = new TagEndpoints(workspace);
        redactions = new RedactionEndpoint(workspace);
        contacts = new ContactEndpoints(workspace);
        lists = new ListEndpoints(workspace);
    }

    /**
     * Applies the call to the workspace, atomically, and returns its answer; throws {@link Refused} to reject it.
     *
     * @param delay how long after the call its effect happens; the answer shows it in any case
     * @param staleness how old the data is that a read or a search returns
     */
    Answer answer(Request request, Duration delay, Duration staleness) {
        Arrival call = request.arrival();
        return workspace.locked(() -> {
            SandboxJournal kept = journal;
            if (kept != null && call.route().isWriting()) {
                kept.checkUsable();
            }
            Answer answer = happen(request, delay, staleness);
            if (kept != null && answer.effect()) {
                kept.write(AcceptedChange.of(call, workspace.now(), delay));
            }
            return answer;
        });
    }

    private Answer happen(Request request, Duration delay, Duration staleness) {
        Arrival call = request.arrival();
        SandboxConversation conversation =
                CAN_BE_LATE.contains(call.route()) ? workspace.conversations.get(request.conversation()) : null;
        if (conversation == null || delay.isZero()) {
            return workspace.effects.happenNow(call, () -> apply(request, staleness));
        }
        return workspace.effects.happenLater(
                call,
                workspace.now().plus(delay),
                () -> workspace.conversations.onCopyOf(conversation, () -> apply(request, staleness)),
                () -> apply(request, staleness));
    }

    /** The JSON of a conversation as the answer to a write shows it. */
    String conversation(String id) {
        return workspace.locked(() -> {
            ConversationView view = workspace.conversations.at(id).newest(PARTS_SHOWN, workspace.now());
            return ConversationJson.JSON.writeValueAsString(new ConversationJson(false).whole(view));
        });
    }

    private Answer apply(Request request, Duration staleness) {
        Route route = request.arrival().route();
        if (NEED_A_CONVERSATION.contains(route)) {
            merges.checkReachable(request.conversation(), route == Route.READ ? staleness : Duration.ZERO);
        }
        return switch (route) {
            case ME -> me();
            case LIST_TAGS -> tags.list();
            case CREATE_TAG -> tags.create(request);
            case READ -> conversations.read(merges.shownFor(request.conversation(), staleness), request, staleness);
            case REPLY -> conversations.reply(request);
            case PARTS -> conversations.manage(request);
            case MERGE -> merges.merge(request);
            case TAG -> tags.attach(request);
            case UNTAG -> tags.detach(request);
            case REDACT -> redactions.redact(request);
            case ATTACH_CONTACT -> contacts.attach(request);
            case DETACH_CONTACT -> contacts.detach(request);
            case SEARCH -> lists.search(request, staleness);
            case DELETED -> lists.deleted(request);
            case WRONG_METHOD -> throw Refused.of(405, "method_not_allowed", "Method Not Allowed");
            case UNKNOWN -> throw Refused.notFound("The requested resource was not found");
        };
    }

    private Answer me() {
        AuthorView me = workspace.me;
        ObjectNode node = ConversationJson.template(ME);
        node.put("id", me.id()).put("email", me.email()).put("name", me.name());
        node.withObject("app").put("id_code", workspace.appIdCode).put("region", workspace.region);
        return Answer.ok(node);
    }
}
