package com.convmerge.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads, replies to, closes, opens, snoozes and assigns conversations. */
final class ConversationEndpoints {
    private static final Set<String> MANAGING = Set.of("close", "open", "snoozed", "assignment");

    private final SandboxWorkspace workspace;

    ConversationEndpoints(SandboxWorkspace workspace) {
        this.workspace = workspace;
    }

    /** @param id of the conversation that is shown, which may be another one than the call is about */
    Answer read(String id, Request request, Duration staleness) {
        ConversationView view = workspace.conversations.at(id).read(Endpoints.PARTS_SHOWN, workspace.now(), staleness);
        boolean plainText = "plaintext".equals(request.query("display_as"));
        return Answer.ok(new ConversationJson(plainText).whole(view));
    }

    Answer reply(Request request) {
        Parameters parameters = request.parameters();
        SandboxConversation conversation = workspace.conversations.at(request.conversation());
        String messageType = parameters.required("message_type");
        switch (parameters.required("type")) {
            case "admin" -> replyOfAdmin(conversation, messageType, parameters);
            case "user" -> replyOfContact(conversation, messageType, parameters);
            default -> throw Refused.parameter("type", "type must be admin or user");
        }
        return changed(conversation);
    }

    private void replyOfAdmin(SandboxConversation conversation, String messageType, Parameters parameters) {
        // Intercom's Ruby client closes, opens, snoozes and assigns by a reply.
        if (MANAGING.contains(messageType)) {
            manage(conversation, messageType, parameters);
            return;
        }
        AuthorView admin = workspace.adminOf(parameters);
        switch (messageType) {
            case "quick_reply" -> workspace.parts.add(conversation, messageType, null, admin);
            case "comment" -> workspace.parts.add(conversation, messageType, requiredBody(parameters), admin);
            case "note" -> {
                String body = requiredBody(parameters);
                if (isIn("snoozed", conversation)) {
                    conversation.setState("open");
                }
                workspace.parts.addNote(conversation, body, admin);
            }
            default -> throw Refused.parameter("message_type", "message_type must be comment, note or quick_reply");
        }
    }

    /** A reply of a contact opens the conversation again. */
    private void replyOfContact(SandboxConversation conversation, String messageType, Parameters parameters) {
        if (!messageType.equals("comment")) {
            throw Refused.parameter("message_type", "message_type must be comment");
        }
        String body = requiredBody(parameters);
        ContactView contact = workspace.contacts.named(parameters);
        if (contact == null) {
            throw Refused.notFound("User Not Found");
        }
        String type = isIn("open", conversation) ? "comment" : "open";
        conversation.setState("open");
        workspace.parts.add(conversation, type, body, contact.asAuthor());
    }

    Answer manage(Request request) {
        Parameters parameters = request.parameters();
        SandboxConversation conversation = workspace.conversations.at(request.conversation());
        manage(conversation, parameters.required("message_type"), parameters);
        return changed(conversation);
    }

    private void manage(SandboxConversation conversation, String messageType, Parameters parameters) {
        AuthorView admin = workspace.adminOf(parameters);
        switch (messageType) {
            case "close" -> close(conversation, admin, parameters);
            case "open" -> {
                conversation.setState("open");
                workspace.parts.add(conversation, "open", null, admin);
                letWorkflowsReact(conversation);
            }
            case "snoozed" -> snooze(conversation, admin, parameters);
            case "assignment" -> assign(conversation, admin, parameters);
            default ->
                throw Refused.parameter("message_type", "message_type must be close, snoozed, open or assignment");
        }
    }

    private void close(SandboxConversation conversation, AuthorView admin, Parameters parameters) {
        if (!"admin".equals(parameters.required("type"))) {
            throw Refused.parameter("type", "type must be admin");
        }
        if (isIn("closed", conversation) && workspace.quirks.contains(Quirk.REPEATED_CLOSE_REFUSED)) {
            throw Refused.of(422, "action_forbidden", "Conversation is already closed");
        }
        conversation.setState("closed");
        workspace.parts.add(conversation, "close", optionalBody(parameters), admin);
        letWorkflowsReact(conversation);
    }

    private void letWorkflowsReact(SandboxConversation conversation) {
        String reaction = workspace.workflows.reactionTo(conversation.id, conversation.state(workspace.now()));
        if (reaction != null) {
            conversation.setState(reaction);
            workspace.parts.add(conversation, reaction.equals("closed") ? "close" : "open", null, workspace.operator);
        }
    }

    private void snooze(SandboxConversation conversation, AuthorView admin, Parameters parameters) {
        Long until = parameters.wholeNumber("snoozed_until");
        if (until == null || until <= workspace.now().getEpochSecond()) {
            throw Refused.parameter("snoozed_until", "snoozed_until must be a Unix time in the future");
        }
        conversation.snooze(Instant.ofEpochSecond(until));
        workspace.parts.add(conversation, "snoozed", null, admin);
        letWorkflowsReact(conversation);
    }

    private void assign(SandboxConversation conversation, AuthorView admin, Parameters parameters) {
        String assignee = parameters.required("assignee_id");
        boolean toTeam = "team".equals(parameters.required("type"));
        boolean toNobody = assignee.equals("0");
        if (!assignee.matches("[0-9]{1,18}") || (!toTeam && !toNobody && !assignee.equals(workspace.me.id()))) {
            throw Refused.of(404, "assignee_not_found", "Assignee not found");
        }
        String type = isIn("open", conversation) ? "assignment" : "assign_and_reopen";
        conversation.assign(toTeam, toNobody ? null : assignee);
        conversation.setState("open");
        PartView.Assignee assigned = toNobody ? null : new PartView.Assignee(toTeam ? "team" : "admin", assignee);
        workspace.parts.add(conversation, type, optionalBody(parameters), admin, assigned);
    }

    private boolean isIn(String state, SandboxConversation conversation) {
        return conversation.state(workspace.now()).equals(state);
    }

    private static String requiredBody(Parameters parameters) {
        return NoteHtml.stored(parameters.required("body"));
    }

    private static @Nullable String optionalBody(Parameters parameters) {
        String body = parameters.text("body");
        return body == null || body.isBlank() ? null : NoteHtml.stored(body);
    }

    private Answer changed(SandboxConversation conversation) {
        return Answer.changed(new ConversationJson(false).whole(workspace.changed(conversation)));
    }
}
