package com.convmerge.sandbox;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Adds contacts to conversations and removes them. */
final class ContactEndpoints {
    private final SandboxWorkspace workspace;

    ContactEndpoints(SandboxWorkspace workspace) {
        this.workspace = workspace;
    }

    Answer attach(Request request) {
        Parameters parameters = request.parameters();
        SandboxConversation conversation = workspace.conversations.at(request.conversation());
        workspace.adminOf(parameters);
        ContactView contact = namedOrNew(parameters.object("customer"));
        boolean added = !conversation.hasContact(contact.id());
        if (added) {
            conversation.addContact(contact, workspace.now());
            workspace.changed(conversation);
        }
        return new Answer(withCustomers(conversation), added);
    }

    Answer detach(Request request) {
        Parameters parameters = request.parameters();
        SandboxConversation conversation = workspace.conversations.at(request.conversation());
        workspace.adminOf(parameters);
        if (!conversation.hasContact(request.lastId())) {
            throw Refused.notFound("User Not Found");
        }
        if (conversation.contactCount() == 1) {
            throw Refused.of(422, "parameter_invalid", "Removing the last customer is not allowed");
        }
        conversation.removeContact(request.lastId(), workspace.now());
        workspace.changed(conversation);
        return Answer.changed(withCustomers(conversation));
    }

    /** Finds the contact that a call names; an unknown e-mail address makes a new lead. */
    private ContactView namedOrNew(Parameters customer) {
        ContactView known = workspace.contacts.named(customer);
        String email = customer.text("email");
        if (known == null && email != null && email.contains("@")) {
            return workspace.contacts.withEmail(email, email);
        }
        if (known == null) {
            throw Refused.notFound("Resource Not Found");
        }
        return known;
    }

    /**
     * Intercom's schema describes the answer as a conversation, its examples show only {@code customers}. This answer
     * contains both.
     */
    private ObjectNode withCustomers(SandboxConversation conversation) {
        ConversationView view = conversation.newest(Endpoints.PARTS_SHOWN, workspace.now());
        ObjectNode node = new ConversationJson(false).whole(view);
        ArrayNode customers = node.putArray("customers");
        view.contacts()
                .forEach(contact -> customers.addObject().put("type", "user").put("id", contact.id()));
        return node;
    }
}
