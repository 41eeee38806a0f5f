package com.convmerge.merge;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * In which workspace a run writes, and who is shown as the author of its notes: said before the first one.
 *
 * @param appIdCode the workspace's id, as in links to its inbox
 * @param workspaceName null if Intercom does not say
 * @param region such as {@code US}
 * @param adminId the teammate who owns the token
 * @param adminName null if Intercom does not say, as is {@code adminEmail}
 */
public record Author(
        String appIdCode,
        @Nullable String workspaceName,
        String region,
        String adminId,
        @Nullable String adminName,
        @Nullable String adminEmail) {

    /** Where and in whose name, in one sentence. */
    public String describe() {
        String workspace = shown(workspaceName);
        String admin = shown(adminName);
        String email = shown(adminEmail);
        return "Workspace " + (workspace.isEmpty() ? "" : "\"" + workspace + "\" ")
                + "(" + OneLine.of(appIdCode) + ", region " + OneLine.of(region).toUpperCase(Locale.ROOT)
                + "); the notes are signed by " + (admin.isEmpty() ? "admin " + OneLine.of(adminId) : admin)
                + (email.isEmpty() ? "" : " <" + email + ">") + ".";
    }

    /** Empty if Intercom does not say. */
    private static String shown(@Nullable String text) {
        return text == null ? "" : OneLine.of(text).strip();
    }
}
