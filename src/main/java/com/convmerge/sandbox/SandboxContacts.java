package com.convmerge.sandbox;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The customers of the workspace. Not thread-safe: the workspace's lock guards it. */
final class SandboxContacts {
    private final Map<String, ContactView> byEmail = new LinkedHashMap<>();

    /** Finds the contact that a call names by Intercom's id, by the workspace's own id or by e-mail address. */
    @Nullable
    ContactView named(Parameters parameters) {
        String id = parameters.text("intercom_user_id");
        if (id != null) {
            return first(contact -> id.equals(contact.id()));
        }
        String externalId = parameters.text("user_id");
        if (externalId != null) {
            return first(contact -> externalId.equals(contact.externalId()));
        }
        String email = parameters.text("email");
        return email == null ? null : byEmail.get(email.toLowerCase(Locale.ROOT));
    }

    private @Nullable ContactView first(Predicate<ContactView> wanted) {
        return byEmail.values().stream().filter(wanted).findFirst().orElse(null);
    }

    /** Finds the contact with this e-mail address, or adds one. */
    ContactView withEmail(String email, String nameIfNew) {
        return byEmail.computeIfAbsent(email.toLowerCase(Locale.ROOT), key -> {
            int number = byEmail.size() + 1;
            String id = String.format(Locale.ROOT, "6762f1261bb69f9f%08d", number);
            return new ContactView(id, String.valueOf(number), nameIfNew, email);
        });
    }
}
