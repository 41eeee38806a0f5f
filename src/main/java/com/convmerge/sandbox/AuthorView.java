package com.convmerge.sandbox;

/**
 * Who wrote a part.
 *
 * @param type admin, user or bot
 */
public record AuthorView(String type, String id, String name, String email) {

    static AuthorView of(AdminView admin) {
        return new AuthorView("admin", admin.id(), admin.name(), admin.email());
    }

    static AuthorView of(ContactView contact) {
        return new AuthorView("user", contact.id(), contact.name(), contact.email());
    }

    /** Intercom itself, which acts under the id of the token's admin. */
    static AuthorView operator(AdminView me) {
        return new AuthorView("bot", me.id(), "Operator", "operator@intercom.io");
    }
}
