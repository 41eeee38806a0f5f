package com.convmerge.database;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.OneLine;
import com.convmerge.merge.PossibleSecrets;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of a database without what is secret in it. Drivers and pools print the URL in messages and logs, so that credentials
 * must have left it before they see it.
 *
 * @param text the URL without credentials
 * @param secrets what was taken out, by the driver's name for it, such as {@code user} or {@code password}
 */
record DatabaseUrl(Kind kind, String text, Map<String, String> secrets) {
    private static final int SHOWN = 200;

    /** {@code sslpassword} opens the file of pgjdbc's client key. */
    private static final Set<String> SECRET_NAMES = Set.of("user", "password", "sslpassword");

    private static final Pattern USER_IN_HOST = Pattern.compile("^(jdbc:postgresql://)([^/?]*)@(.*)$");

    /** What stands before the credentials, such as {@code jdbc:oracle:thin:} or {@code postgres://}. */
    private static final Pattern SCHEME = Pattern.compile("^(?:[A-Za-z0-9+.-]+:)*(?://)?");

    /** The databases that convmerge works on. */
    enum Kind {
        POSTGRESQL("jdbc:postgresql:", "&"),
        H2("jdbc:h2:", ";");

        private final String prefix;
        private final String separator;

        Kind(String prefix, String separator) {
            this.prefix = prefix;
            this.separator = separator;
        }

        boolean isOf(String url) {
            return url.startsWith(prefix);
        }
    }

    /** Throws {@link ConfigurationProblem} if it is not the URL of a database that convmerge works on. */
    static DatabaseUrl parse(String url) {
        for (Kind kind : Kind.values()) {
            if (kind.isOf(url)) {
                return kind == Kind.H2 ? ofH2(url) : ofPostgres(url);
            }
        }
        throw new ConfigurationProblem(
                "the database cannot be used: spring.datasource.url (SPRING_DATASOURCE_URL) is \""
                        + PossibleSecrets.hideIn(masked(url))
                        + "\", but convmerge works on PostgreSQL and H2 alone; expected"
                        + " jdbc:postgresql://HOST:5432/DATABASE or jdbc:h2:file:./data/convmerge. Nothing was done");
    }

    /** The URL for a message: without anything that may be secret. */
    static String masked(String url) {
        String server = url.split("[?;]", 2)[0];
        String more = server.length() < url.length() ? url.charAt(server.length()) + "…" : "";
        int host = server.lastIndexOf('@');
        if (host >= 0) {
            Matcher scheme = SCHEME.matcher(server);
            // Without slashes the user's name may look like a part of the scheme.
            String shown = scheme.find() && scheme.group().endsWith("//") ? scheme.group() : "";
            server = shown + "…" + server.substring(host);
        }
        return OneLine.of(server + more, SHOWN);
    }

    private static DatabaseUrl ofPostgres(String url) {
        Map<String, String> secrets = new LinkedHashMap<>();
        Matcher inHost = USER_IN_HOST.matcher(url);
        String rest = url;
        if (inHost.matches()) {
            // pgjdbc itself takes this for a part of the host's name; people know it from other programs.
            String[] credentials = inHost.group(2).split(":", 2);
            secrets.put("user", decoded(credentials[0]));
            if (credentials.length > 1) {
                secrets.put("password", decoded(credentials[1]));
            }
            rest = inHost.group(1) + inHost.group(3);
        }
        int query = rest.indexOf('?');
        if (query < 0) {
            return new DatabaseUrl(Kind.POSTGRESQL, rest, Map.copyOf(secrets));
        }
        String kept = keepPublic(rest.substring(query + 1), Kind.POSTGRESQL, secrets);
        return new DatabaseUrl(
                Kind.POSTGRESQL, rest.substring(0, query) + (kept.isEmpty() ? "" : "?" + kept), Map.copyOf(secrets));
    }

    private static DatabaseUrl ofH2(String url) {
        Map<String, String> secrets = new LinkedHashMap<>();
        int settings = url.indexOf(';');
        if (settings < 0) {
            return new DatabaseUrl(Kind.H2, url, Map.of());
        }
        String kept = keepPublic(url.substring(settings + 1), Kind.H2, secrets);
        return new DatabaseUrl(
                Kind.H2, url.substring(0, settings) + (kept.isEmpty() ? "" : ";" + kept), Map.copyOf(secrets));
    }

    /** The parameters without the secret ones, which are put into {@code secrets}. */
    private static String keepPublic(String parameters, Kind kind, Map<String, String> secrets) {
        List<String> kept = new ArrayList<>();
        // H2 takes "\;" for a semicolon within a value.
        for (String parameter : parameters.split("(?<!\\\\)" + kind.separator, -1)) {
            String[] pair = parameter.split("=", 2);
            String name = kind == Kind.H2 ? pair[0].strip().toLowerCase(Locale.ROOT) : pair[0];
            if (pair.length == 2 && SECRET_NAMES.contains(name)) {
                secrets.put(name, kind == Kind.H2 ? pair[1].replace("\\;", ";") : decoded(pair[1]));
            } else {
                kept.add(parameter);
            }
        }
        return String.join(kind.separator, kept);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // The message of the exception would show the password.
            throw new ConfigurationProblem("the database cannot be used: user or password in spring.datasource.url"
                    + " (SPRING_DATASOURCE_URL) has a % that is not followed by two hex digits; write %25 for %, or use"
                    + " SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD. Nothing was done");
        }
    }

    /** The same with another parameter of the URL, unless that is there already. */
    DatabaseUrl withDefault(String name, String value) {
        boolean isThere = Pattern.compile("[?&;]\\s*" + Pattern.quote(name) + "\\s*=", Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .find();
        return isThere ? this : new DatabaseUrl(kind, text + kind.separator + name + "=" + value, secrets);
    }

    @Override
    public String toString() {
        return masked(text);
    }
}
