package com.convmerge.sandbox;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Checks the token and the API version of each call. */
final class Access {
    private static final int NEWEST_MINOR = 16;

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();

    Access(String token) {
        accepted.add(token);
    }

    void accept(String token) {
        revoked.remove(token);
        accepted.add(token);
    }

    void revokeAll() {
        revoked.addAll(accepted);
    }

    /** Rejects a call whose token is missing, unknown or revoked. */
    void checkToken(@Nullable String authorization) {
        String token = token(authorization == null ? "" : authorization.strip());
        if (revoked.contains(token)) {
            throw Refused.of(401, "token_revoked", "Access Token Invalid");
        }
        if (!accepted.contains(token)) {
            throw Refused.of(401, "unauthorized", "Access Token Invalid");
        }
    }

    /** The token, which Intercom takes as a bearer token and, as its older clients send it, as the user name of HTTP Basic. */
    private static String token(String authorization) {
        String[] words = authorization.split("\\s+", 2);
        String scheme = words[0].toLowerCase(Locale.ROOT);
        if (words.length == 2 && scheme.equals("bearer")) {
            return words[1];
        }
        ByteString user = words.length == 2 && scheme.equals("basic") ? ByteString.decodeBase64(words[1]) : null;
        String name = user == null ? "" : user.utf8().split(":", 2)[0];
        if (name.isEmpty()) {
            throw Refused.of(401, "token_not_found", "Access Token Missing");
        }
        return name;
    }

    /** Rejects a call whose version does not exist in Intercom, or is older than the endpoint. */
    static void checkVersion(@Nullable String version, Route route) {
        if (version == null || version.isBlank() || version.equals("Unstable") || version.equals("Preview")) {
            return;
        }
        if (!version.matches("1\\.[0-4]|2\\.([0-9]|1[0-" + NEWEST_MINOR % 10 + "])")) {
            throw Refused.of(400, "intercom_version_invalid", "The requested version could not be found");
        }
        if (route == Route.MERGE && !version.equals("2." + NEWEST_MINOR)) {
            throw Refused.of(
                    400, "intercom_version_invalid", "Requested resource is not available in current API version.");
        }
    }
}
