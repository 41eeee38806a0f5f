package com.convmerge.settings;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.PossibleSecrets;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach Intercom.
 *
 * @param accessToken of an app of the workspace, which may read and write conversations and tags
 * @param region {@code us}, {@code eu} or {@code au}
 * @param baseUrl instead of the region's; plain http only to this machine
 * @param conversationLink the address of a conversation in the inbox, with {@code {app_id_code}} and {@code {id}}
 * @param connectTimeout for the connection
 * @param callTimeout for a call from sending to the last byte of its answer
 * @param tries how often a call that was not sent for sure is made before its request goes to the retry table
 * @param backoff before the second try; it doubles with each further one
 * @param longestWait how long a run stands still because Intercom asks for it; if it asks for more, the run ends
 */
public record IntercomSettings(
        @DefaultValue("") AccessToken accessToken,
        @DefaultValue("us") String region,
        @DefaultValue("") String baseUrl,
        @DefaultValue("") String conversationLink,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("20s") Duration callTimeout,
        @DefaultValue("4") int tries,
        @DefaultValue("1s") Duration backoff,
        @DefaultValue("10m") Duration longestWait) {

    /** The message for a base URL that is no address. */
    public static final String NO_ADDRESS = "INTERCOM_BASE_URL is not an address such as https://api.intercom.io";

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

    /** Throws {@link ConfigurationProblem} if no call could be made with these. */
    public IntercomSettings checked() {
        if (accessToken.isMissing()) {
            throw new ConfigurationProblem(
                    "no access token: set INTERCOM_ACCESS_TOKEN to the token of your Intercom app, or"
                            + " try the built-in sandbox with: run --sandbox");
        }
        if (!accessToken.isReadable()) {
            throw new ConfigurationProblem(
                    "INTERCOM_ACCESS_TOKEN has a character that no token has (a space, a line break"
                            + " or a letter outside ASCII): copy it again");
        }
        if (tries < 1) {
            throw new ConfigurationProblem("convmerge.intercom.tries is " + tries + "; expected 1 or more");
        }
        if (longestWait.isNegative()) {
            throw new ConfigurationProblem("convmerge.intercom.longest-wait is negative; expected a time such as 10m");
        }
        api();
        return this;
    }

    /** The root of the API's addresses; throws {@link ConfigurationProblem} if the setting is no such address. */
    public URI api() {
        return baseUrl.isBlank() ? knownRegion().api() : checkedBaseUrl();
    }

    /** Throws {@link ConfigurationProblem} for a region that Intercom does not have. */
    Region knownRegion() {
        return Arrays.stream(Region.values())
                .filter(known -> known.name().equalsIgnoreCase(region.strip()))
                .findFirst()
                .orElseThrow(() -> new ConfigurationProblem(
                        "INTERCOM_REGION is \"" + PossibleSecrets.hideIn(region) + "\"; expected us, eu or au"));
    }

    public String linkOrDefault() {
        return conversationLink.isBlank() ? knownRegion().conversationLink() : conversationLink;
    }

    /** The address of the conversation {@code id}, by such a link. */
    public static String fillIn(String link, String appIdCode, String id) {
        return link.replace("{app_id_code}", appIdCode).replace("{id}", id);
    }

    private URI checkedBaseUrl() {
        URI uri = parsed(baseUrl.strip());
        String host = uri == null || uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        String scheme =
                uri == null || uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri == null
                || host.isEmpty()
                || uri.getUserInfo() != null
                || !Set.of("http", "https").contains(scheme)) {
            throw new ConfigurationProblem(NO_ADDRESS);
        }
        if (scheme.equals("http") && !LOOPBACK.contains(host)) {
            throw new ConfigurationProblem("INTERCOM_BASE_URL is plain http to " + PossibleSecrets.hideIn(host)
                    + ": the token would travel in clear; use https (plain http only goes to this machine)");
        }
        return uri;
    }

    private static @Nullable URI parsed(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
