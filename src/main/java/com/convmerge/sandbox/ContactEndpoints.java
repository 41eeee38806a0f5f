package com.convmerge.sandbox;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Adds contacts to conversations and takes them off again. */
final class ContactEndpoints {

    private final SandboxWorkspace workspace;

    ContactEndpoints(SandboxWorkspace workspace) {
        this.workspace = workspace;
    }

    Answer attach(Request request) {
        Parameters parameters = request.parameters();
        Parameters customer = parameters.object("customer");
        return workspace.locked(() -> {
            SandboxConversation conversation = workspace.conversationAt(request.conversation());
            workspace.people.admin(parameters.required("admin_id"));
            ContactView contact = namedOrNew(customer);
            boolean had = conversation.hasContact(contact.id());
            if (!had) {
                conversation.addContact(contact, workspace.now());
                workspace.changed(conversation);
            }
            ObjectNode answer = withCustomers(conversation);
            return had ? Answer.ok(answer) : Answer.changed(answer);
        });
    }

    Answer detach(Request request) {
        Parameters parameters = request.parameters();
        return workspace.locked(() -> {
            SandboxConversation conversation = workspace.conversationAt(request.conversation());
            workspace.people.admin(parameters.required("admin_id"));
            if (!conversation.hasContact(request.lastId())) {
                throw Refused.of(404, "not_found", "User Not Found");
            }
            if (conversation.contactCount() == 1) {
                throw Refused.of(422, "parameter_invalid", "Removing the last customer is not allowed");
            }
            conversation.removeContact(request.lastId(), workspace.now());
            workspace.changed(conversation);
            return Answer.changed(withCustomers(conversation));
        });
    }

    /**
     * Finds the contact that a body names by Intercom's id, the workspace's own id or the e-mail address, or null.
     */
    static @Nullable ContactView namedBy(Parameters parameters, SandboxPeople people) {
        String id = parameters.text("intercom_user_id");
        if (id != null) {
            return people.contactOrNull(id);
        }
        String externalId = parameters.text("user_id");
        if (externalId != null) {
            return people.contactWithExternalId(externalId);
        }
        String email = parameters.text("email");
        return email == null ? null : people.contactWithEmailOrNull(email);
    }

    /** An e-mail address that nobody has makes a new lead. */
    private ContactView namedOrNew(Parameters customer) {
        ContactView known = namedBy(customer, workspace.people);
        String email = customer.text("email");
        if (known == null && email != null && email.contains("@")) {
            return workspace.people.contactWithEmail(email, email);
        }
        if (known == null) {
            throw Refused.notFound();
        }
        return known;
    }

    /** Intercom's schema promises the conversation, its examples show only {@code customers}: both are here. */
    private ObjectNode withCustomers(SandboxConversation conversation) {
        ConversationView view = conversation.newest(ConversationEndpoints.PARTS_SHOWN, workspace.now());
        ObjectNode node = new ConversationJson(false).whole(view);
        ArrayNode customers = node.putArray("customers");
        view.contacts()
                .forEach(contact -> customers.addObject().put("type", "user").put("id", contact.id()));
        return node;
    }
}
