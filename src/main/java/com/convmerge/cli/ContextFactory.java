package com.convmerge.cli;

import com.convmerge.apply.ApplyConfiguration;
import com.convmerge.batch.BatchConfiguration;
import com.convmerge.batch.RunConfiguration;
import com.convmerge.intercom.IntercomConfiguration;
import com.convmerge.ledger.LedgerConfiguration;
import com.convmerge.merge.Sleeper;
import com.convmerge.report.ReportConfiguration;
import com.convmerge.requests.RequestsConfiguration;
import com.convmerge.retries.RetriesConfiguration;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;

/** Opens what a command needs: the database alone, or Intercom and the job as well. */
final class ContextFactory {
    /** The setting that names the database. */
    static final String DATABASE = "spring.datasource.url";

    private final Settings settings;

    ContextFactory(Settings settings) {
        this.settings = settings;
    }

    /** For commands that look at the tables; needs no token. */
    ConfigurableApplicationContext openTables(String... more) {
        return open(Tables.class, more);
    }

    /** For commands that talk to Intercom. */
    ConfigurableApplicationContext openRun(String... more) {
        return open(Run.class, more);
    }

    /** Whether the command line names a database. */
    boolean isDatabaseGiven() {
        return settings.has(DATABASE);
    }

    private ConfigurableApplicationContext open(Class<?> source, String... more) {
        settings.check();
        ConfigurableApplicationContext context = new SpringApplicationBuilder(source).run(settings.with(more));
        EmbeddedDatabase.leavePid(context.getEnvironment().getProperty("spring.datasource.url"))
                .map(Path::toFile)
                .ifPresent(pidFile -> context.addApplicationListener(event -> {
                    if (event instanceof ContextClosedEvent && !pidFile.delete()) {
                        pidFile.deleteOnExit();
                    }
                }));
        return context;
    }

    /** The tables, and what reads them. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({
        RequestsConfiguration.class,
        LedgerConfiguration.class,
        RetriesConfiguration.class,
        ReportConfiguration.class,
        RunConfiguration.class
    })
    static class Tables {
        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        Sleeper sleeper() {
            return Sleeper.REAL;
        }

        @Bean
        ZoneId zone() {
            return ZoneId.systemDefault();
        }
    }

    /** Everything. */
    @Configuration(proxyBeanMethods = false)
    @Import({Tables.class, IntercomConfiguration.class, ApplyConfiguration.class, BatchConfiguration.class})
    static class Run {}
}
