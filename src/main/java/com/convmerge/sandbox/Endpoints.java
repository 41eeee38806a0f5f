package com.convmerge.sandbox;

import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends each call to the class that knows how Intercom answers it. */
final class Endpoints {

    private final SandboxWorkspace workspace;
    private final ConversationEndpoints conversations;
    private final TagEndpoints tags;
    private final ContactEndpoints contacts;
    private final MergeEndpoint merge;
    private final SearchEndpoint search;
    private final DeletedEndpoint deleted;

    Endpoints(SandboxWorkspace workspace, Set<Quirk> quirks) {
        this.workspace = workspace;
        conversations = new ConversationEndpoints(workspace, quirks);
        tags = new TagEndpoints(workspace, quirks);
        contacts = new ContactEndpoints(workspace);
        merge = new MergeEndpoint(workspace, quirks);
        search = new SearchEndpoint(workspace);
        deleted = new DeletedEndpoint(workspace);
    }

    /** Has the call's effect and says what to answer; throws {@link Refused} if the API turns it down. */
    Answer answer(Request request) {
        return switch (request.arrival().route()) {
            case ME -> me();
            case LIST_TAGS -> tags.list();
            case CREATE_TAG -> tags.create(request);
            case READ -> conversations.read(request);
            case REPLY -> conversations.reply(request);
            case PARTS -> conversations.manage(request);
            case TAG -> tags.attach(request);
            case UNTAG -> tags.detach(request);
            case ATTACH_CONTACT -> contacts.attach(request);
            case DETACH_CONTACT -> contacts.detach(request);
            case MERGE -> merge.merge(request);
            case SEARCH -> search.search(request);
            case DELETED -> deleted.list(request);
            case WRONG_METHOD -> throw Refused.of(405, "method_not_allowed", "Method Not Allowed");
            case UNKNOWN -> throw Refused.of(404, "not_found", "The requested resource was not found");
        };
    }

    private Answer me() {
        ObjectNode node = ConversationJson.JSON.createObjectNode();
        AdminView me = workspace.me;
        node.put("type", "admin");
        node.put("id", me.id());
        node.put("email", me.email());
        node.put("name", me.name());
        node.put("email_verified", true);
        ObjectNode app = node.putObject("app");
        app.put("type", "app");
        app.put("id_code", workspace.appIdCode);
        app.put("name", "Convmerge sandbox");
        app.put("created_at", 1_734_537_243L);
        app.put("secure", false);
        app.put("identity_verification", false);
        app.put("timezone", "America/Los_Angeles");
        app.put("region", workspace.region);
        node.putObject("avatar")
                .put("type", "avatar")
                .put("image_url", "https://static.intercomassets.com/assets/default-avatars/admins/128.png");
        node.put("has_inbox_seat", true);
        ArrayNode teams = node.putArray("team_ids");
        teams.add(814_865);
        return Answer.ok(node);
    }
}
