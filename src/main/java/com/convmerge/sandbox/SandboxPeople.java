package com.convmerge.sandbox;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The teammates and the customers of the workspace. Not thread-safe: the workspace's lock guards it. */
final class SandboxPeople {

    private final Map<String, AdminView> admins = new LinkedHashMap<>();
    private final Map<String, ContactView> contacts = new LinkedHashMap<>();
    private final Map<String, ContactView> contactsByEmail = new LinkedHashMap<>();

    AdminView addAdmin(AdminView admin) {
        admins.put(admin.id(), admin);
        return admin;
    }

    boolean removeAdmin(String id) {
        return admins.remove(id) != null;
    }

    /** Finds the admin that a call names. */
    AdminView admin(String id) {
        AdminView admin = admins.get(id);
        if (admin == null) {
            throw Refused.of(404, "admin_not_found", "Admin not found");
        }
        return admin;
    }

    @Nullable
    AdminView adminOrNull(String id) {
        return admins.get(id);
    }

    @Nullable
    ContactView contactOrNull(String id) {
        return contacts.get(id);
    }

    @Nullable
    ContactView contactWithExternalId(String externalId) {
        return contacts.values().stream()
                .filter(contact -> externalId.equals(contact.externalId()))
                .findFirst()
                .orElse(null);
    }

    @Nullable
    ContactView contactWithEmailOrNull(String email) {
        return contactsByEmail.get(email.toLowerCase(Locale.ROOT));
    }

    ContactView contactWithEmail(String email, String nameIfNew) {
        return contactsByEmail.computeIfAbsent(email.toLowerCase(Locale.ROOT), key -> {
            String number = String.valueOf(contacts.size() + 1);
            String id = "6762f1261bb69f9f" + "00000000".substring(0, 8 - number.length()) + number;
            ContactView added = new ContactView(id, number, nameIfNew, email);
            contacts.put(id, added);
            return added;
        });
    }
}
