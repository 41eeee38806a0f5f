package com.convmerge.sandbox;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads conversations, replies to them, and closes, opens, snoozes and assigns them. */
final class ConversationEndpoints {

    /** Intercom shows no more parts than this, the newest ones. */
    static final int PARTS_SHOWN = 500;

    private final SandboxWorkspace workspace;
    private final Set<Quirk> quirks;

    ConversationEndpoints(SandboxWorkspace workspace, Set<Quirk> quirks) {
        this.workspace = workspace;
        this.quirks = quirks;
    }

    Answer read(Request request) {
        ConversationView view = workspace.locked(
                () -> workspace.conversationAt(request.conversation()).read(PARTS_SHOWN, workspace.now()));
        return Answer.ok(new ConversationJson(request.wantsPlainText()).whole(view));
    }

    Answer reply(Request request) {
        Parameters parameters = request.parameters();
        ConversationView view = workspace.locked(() -> {
            SandboxConversation conversation = workspace.conversationAt(request.conversation());
            String messageType = parameters.required("message_type");
            switch (parameters.required("type")) {
                case "admin" -> replyOfAdmin(conversation, messageType, parameters);
                case "user" -> replyOfContact(conversation, messageType, parameters);
                default -> throw Refused.parameter("type", "type must be admin or user");
            }
            return changed(conversation);
        });
        return Answer.changed(new ConversationJson(false).whole(view));
    }

    private void replyOfAdmin(SandboxConversation conversation, String messageType, Parameters parameters) {
        AdminView admin = workspace.people.admin(parameters.required("admin_id"));
        if (messageType.equals("quick_reply")) {
            conversation.addPart(workspace.part(conversation, "quick_reply", null, AuthorView.of(admin)));
            return;
        }
        if (!messageType.equals("note") && !messageType.equals("comment")) {
            throw Refused.parameter("message_type", "message_type must be comment, note or quick_reply");
        }
        String body = NoteHtml.stored(parameters.required("body"));
        PartView part = workspace.part(conversation, messageType, body, AuthorView.of(admin));
        conversation.addPart(part);
        if (messageType.equals("note")) {
            conversation.hide(part, workspace.noteVisibility());
        }
    }

    /** A contact who writes opens the conversation again. */
    private void replyOfContact(SandboxConversation conversation, String messageType, Parameters parameters) {
        if (!messageType.equals("comment")) {
            throw Refused.parameter("message_type", "message_type must be comment");
        }
        String body = NoteHtml.stored(parameters.required("body"));
        ContactView contact = contact(parameters);
        boolean wasOpen = conversation.state(workspace.now()).equals("open");
        conversation.open();
        conversation.addPart(workspace.part(conversation, wasOpen ? "comment" : "open", body, AuthorView.of(contact)));
    }

    private ContactView contact(Parameters parameters) {
        ContactView contact = ContactEndpoints.namedBy(parameters, workspace.people);
        if (contact == null) {
            throw Refused.of(404, "not_found", "User Not Found");
        }
        return contact;
    }

    Answer manage(Request request) {
        Parameters parameters = request.parameters();
        ConversationView view = workspace.locked(() -> {
            SandboxConversation conversation = workspace.conversationAt(request.conversation());
            String messageType = parameters.required("message_type");
            AdminView admin = workspace.people.admin(parameters.required("admin_id"));
            switch (messageType) {
                case "close" -> close(conversation, admin, parameters);
                case "open" -> open(conversation, admin);
                case "snoozed" -> snooze(conversation, admin, parameters);
                case "assignment" -> assign(conversation, admin, parameters);
                default ->
                    throw Refused.parameter("message_type", "message_type must be close, snoozed, open or assignment");
            }
            return changed(conversation);
        });
        return Answer.changed(new ConversationJson(false).whole(view));
    }

    private void close(SandboxConversation conversation, AdminView admin, Parameters parameters) {
        if (!"admin".equals(parameters.required("type"))) {
            throw Refused.parameter("type", "type must be admin");
        }
        boolean closed = conversation.state(workspace.now()).equals("closed");
        if (closed && quirks.contains(Quirk.REPEATED_CLOSE_REFUSED)) {
            throw Refused.of(422, "action_forbidden", "Conversation is already closed");
        }
        conversation.close();
        conversation.addPart(workspace.part(conversation, "close", optionalBody(parameters), AuthorView.of(admin)));
    }

    private void open(SandboxConversation conversation, AdminView admin) {
        conversation.open();
        conversation.addPart(workspace.part(conversation, "open", null, AuthorView.of(admin)));
    }

    private void snooze(SandboxConversation conversation, AdminView admin, Parameters parameters) {
        Long until = parameters.wholeNumber("snoozed_until");
        if (until == null || until <= workspace.now().getEpochSecond()) {
            throw Refused.parameter("snoozed_until", "snoozed_until must be a Unix time in the future");
        }
        conversation.snooze(Instant.ofEpochSecond(until));
        conversation.addPart(workspace.part(conversation, "snoozed", null, AuthorView.of(admin)));
    }

    private void assign(SandboxConversation conversation, AdminView admin, Parameters parameters) {
        String assignee = parameters.required("assignee_id");
        boolean toTeam = "team".equals(parameters.required("type"));
        boolean toNobody = assignee.equals("0");
        if (!assignee.matches("[0-9]{1,18}")
                || (!toTeam && !toNobody && workspace.people.adminOrNull(assignee) == null)) {
            throw Refused.of(404, "assignee_not_found", "Assignee not found");
        }
        String assigned = toNobody ? null : assignee;
        if (toTeam) {
            conversation.assignToTeam(assigned);
        } else {
            conversation.assignToAdmin(assigned);
        }
        boolean wasOpen = conversation.state(workspace.now()).equals("open");
        conversation.open();
        String type = wasOpen ? "assignment" : "assign_and_reopen";
        PartView part = workspace.part(conversation, type, optionalBody(parameters), AuthorView.of(admin));
        conversation.addPart(part.assigning(toNobody ? null : new AssigneeView(toTeam ? "team" : "admin", assignee)));
    }

    private static @Nullable String optionalBody(Parameters parameters) {
        String body = parameters.text("body");
        return body == null || body.isBlank() ? null : NoteHtml.stored(body);
    }

    private ConversationView changed(SandboxConversation conversation) {
        workspace.changed(conversation);
        return conversation.newest(PARTS_SHOWN, workspace.now());
    }
}
