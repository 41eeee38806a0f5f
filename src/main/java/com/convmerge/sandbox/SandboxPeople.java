package com.convmerge.sandbox;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The teammates and the customers of the workspace. Not thread-safe: the workspace's lock guards it. */
final class SandboxPeople {
    final Map<String, AuthorView> admins = new LinkedHashMap<>();
    private final Map<String, ContactView> contacts = new LinkedHashMap<>();
    private final Map<String, ContactView> contactsByEmail = new LinkedHashMap<>();

    /** Finds the admin that {@code admin_id} of a call names, or rejects the call. */
    AuthorView adminOf(Parameters parameters) {
        AuthorView admin = admins.get(parameters.required("admin_id"));
        if (admin == null) {
            throw Refused.of(404, "admin_not_found", "Admin not found");
        }
        return admin;
    }

    /** Finds the contact that a call names by Intercom's id, by the workspace's own id or by e-mail address. */
    @Nullable
    ContactView contactOf(Parameters parameters) {
        String id = parameters.text("intercom_user_id");
        if (id != null) {
            return contacts.get(id);
        }
        String externalId = parameters.text("user_id");
        if (externalId != null) {
            return contacts.values().stream()
                    .filter(contact -> externalId.equals(contact.externalId()))
                    .findFirst()
                    .orElse(null);
        }
        String email = parameters.text("email");
        return email == null ? null : contactsByEmail.get(email.toLowerCase(Locale.ROOT));
    }

    /** Finds the contact with this e-mail address, or adds one. */
    ContactView contactWithEmail(String email, String nameIfNew) {
        return contactsByEmail.computeIfAbsent(email.toLowerCase(Locale.ROOT), key -> {
            int number = contacts.size() + 1;
            String id = String.format(Locale.ROOT, "6762f1261bb69f9f%08d", number);
            ContactView added = new ContactView(id, String.valueOf(number), nameIfNew, email);
            contacts.put(id, added);
            return added;
        });
    }
}
