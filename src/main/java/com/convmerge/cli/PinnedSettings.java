package com.convmerge.cli;

import java.util.Map;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;

/**
 * Settings of Spring that a promise of convmerge depends on. They win over the environment, the command line and every file,
 * because a variable that another program left behind must not make a dry run write or a run lose requests.
 */
final class PinnedSettings implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
    static final Map<String, Object> VALUES = Map.ofEntries(
            // A command starts the job under the run lock. The context must not, least of all that of a dry run.
            Map.entry("spring.batch.job.enabled", "false"),
            // Flyway makes Spring Batch's tables, and the queries know their names.
            Map.entry("spring.batch.jdbc.initialize-schema", "never"),
            Map.entry("spring.batch.jdbc.table-prefix", "BATCH_"),
            // No script beside Flyway's changes the database, and Flyway neither empties it nor says that it did what
            // it did not.
            Map.entry("spring.sql.init.mode", "never"),
            Map.entry("spring.flyway.clean-disabled", "true"),
            Map.entry("spring.flyway.locations", "classpath:sql"),
            Map.entry("spring.flyway.target", "latest"),
            Map.entry("spring.flyway.out-of-order", "false"),
            Map.entry("spring.flyway.validate-on-migrate", "true"),
            Map.entry("spring.flyway.skip-executing-migrations", "false"),
            // The ledger's claims are committed before a call leaves, and the guarded updates expect this isolation.
            Map.entry("spring.datasource.type", "com.zaxxer.hikari.HikariDataSource"),
            Map.entry("spring.datasource.hikari.auto-commit", "true"),
            Map.entry("spring.datasource.hikari.read-only", "false"),
            Map.entry("spring.datasource.hikari.transaction-isolation", "TRANSACTION_READ_COMMITTED"),
            // A query that leaves rows out would lose requests in silence.
            Map.entry("spring.jdbc.template.max-rows", "-1"),
            // SIGTERM drains the run through the shutdown hook; beans that are made late would be missing then.
            Map.entry("spring.main.register-shutdown-hook", "true"),
            Map.entry("spring.main.lazy-initialization", "false"),
            Map.entry("spring.main.web-application-type", "none"),
            Map.entry("spring.main.keep-alive", "false"),
            Map.entry("spring.autoconfigure.exclude", ""),
            // Stdout is the command's answer and nothing else.
            Map.entry("spring.main.banner-mode", "off"),
            Map.entry("spring.main.log-startup-info", "false"));

    /** Behind the listener that reads the files, so that nothing comes before these any more. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        event.getEnvironment().getPropertySources().addFirst(new MapPropertySource("convmerge.pinned", VALUES));
    }
}
