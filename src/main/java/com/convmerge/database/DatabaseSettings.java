package com.convmerge.database;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Completes the settings of the database by its URL, before anything has read them. What the operator sets, in the URL or as a
 * setting of the pool, counts more than what is set here. Credentials leave the URL and become the user name and the password.
 *
 * <p>Throws {@link com.convmerge.merge.ConfigurationProblem} for the URL of a database that convmerge does not work on.
 */
public final class DatabaseSettings implements EnvironmentPostProcessor, Ordered {
    private static final String URL = "spring.datasource.url";
    private static final String POOL = "spring.datasource.hikari.";
    private static final String DRIVER = POOL + "data-source-properties.";

    /**
     * For PostgreSQL; pgjdbc explains each of them. Times are in seconds.
     *
     * <p>{@code prepareThreshold}: a pooler that lends a server's connection for each transaction would mix up the named statements
     * of its clients. {@code reWriteBatchedInserts}: without names each row of a batch would be parsed and planned
     * for itself. {@code queryTimeout} and {@code socketTimeout}: for every statement that has no time-out of its own, see
     * {@link TimeLimits}.
     */
    private static final Map<String, String> DRIVER_DEFAULTS = Map.of(
            "prepareThreshold", "0",
            "reWriteBatchedInserts", "true",
            "connectTimeout", "10",
            "loginTimeout", "10",
            "cancelSignalTimeout", "5",
            "queryTimeout", String.valueOf(TimeLimits.STATEMENT),
            "socketTimeout", String.valueOf(TimeLimits.STATEMENT + TimeLimits.MARGIN),
            "tcpKeepAlive", "true",
            "ApplicationName", "convmerge");

    /**
     * What a session of PostgreSQL must be like, whatever the defaults of the server, the database and the user are. With keepalives
     * the server notices within a minute that the host of a run is gone, and gives its row locks free.
     *
     * <p>Only what differs is set: behind a pooler that lends a connection for each transaction, another client of the same user
     * may get the session next, and must find the defaults that it knows.
     */
    private static final String SESSION = """
            SELECT set_config(name, value, FALSE)
              FROM (VALUES ('default_transaction_isolation', 'read committed'), ('default_transaction_read_only', 'off'),
                           ('tcp_keepalives_idle', '30'), ('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '3'))
                   AS wanted (name, value)
             WHERE current_setting(name, TRUE) <> value
            """;

    /** Milliseconds. H2's default of 2 s is short for a busy disk. */
    private static final String H2_LOCK_TIMEOUT = "10000";

    @Override
    public int getOrder() {
        // After the files of settings were read.
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String given = environment.getProperty(URL);
        if (given == null) {
            return;
        }
        DatabaseUrl url = DatabaseUrl.parse(given.strip());
        if (url.kind() == DatabaseUrl.Kind.H2) {
            // Without it H2 writes a file about errors beside the data, which quotes rows and grows.
            url = url.withDefault("LOCK_TIMEOUT", H2_LOCK_TIMEOUT).withDefault("TRACE_LEVEL_FILE", "0");
        } else {
            Map<String, Object> defaults = DRIVER_DEFAULTS.entrySet().stream()
                    .collect(Collectors.toMap(entry -> DRIVER + entry.getKey(), Map.Entry::getValue));
            defaults.put(POOL + "connection-init-sql", SESSION);
            environment.getPropertySources().addLast(new MapPropertySource("convmerge database defaults", defaults));
        }
        environment.getPropertySources().addFirst(new MapPropertySource("convmerge database", withoutSecrets(url)));
    }

    private static Map<String, Object> withoutSecrets(DatabaseUrl url) {
        // The pool's own setting would lead to another database than the one that messages name.
        Map<String, Object> settings = new HashMap<>(Map.of(URL, url.text(), POOL + "jdbc-url", url.text()));
        url.secrets()
                .forEach((name, value) -> settings.put(
                        switch (name) {
                            case "user" -> "spring.datasource.username";
                            case "password" -> "spring.datasource.password";
                            default -> DRIVER + name;
                        },
                        value));
        return settings;
    }
}
