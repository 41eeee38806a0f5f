package com.convmerge.cli;

import com.convmerge.apply.ApplyConfiguration;
import com.convmerge.batch.BatchConfiguration;
import com.convmerge.database.DatabaseConfiguration;
import com.convmerge.importing.ImportingConfiguration;
import com.convmerge.intercom.IntercomConfiguration;
import com.convmerge.ledger.LedgerConfiguration;
import com.convmerge.merge.Sleeper;
import com.convmerge.merge.SteadyClock;
import com.convmerge.preview.PreviewConfiguration;
import com.convmerge.report.ReportConfiguration;
import com.convmerge.requests.RequestsConfiguration;
import com.convmerge.retries.RetriesConfiguration;
import com.convmerge.run.LastResort;
import com.convmerge.run.LaunchConfiguration;
import com.convmerge.run.RunConfiguration;
import com.convmerge.settings.SettingsConfiguration;
import java.time.Clock;
import java.time.ZoneId;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/** Opens the Spring context that a command needs: the database alone, or Intercom and the job as well. */
final class ContextFactory {
    /** The name of the setting for the database. */
    static final String DATABASE = "spring.datasource.url";

    private final Arguments arguments;
    private final LastResort lastResort;

    ContextFactory(Arguments arguments, LastResort lastResort) {
        this.arguments = arguments;
        this.lastResort = lastResort;
    }

    /** For commands that read or change the tables; needs no token. */
    ConfigurableApplicationContext openTables() {
        return open(Tables.class);
    }

    /** For commands that call Intercom; {@code more} replaces settings of the command line. */
    ConfigurableApplicationContext openRun(String... more) {
        return open(Run.class, more);
    }

    /** Whether the command line names a database. */
    boolean isDatabaseGiven() {
        return arguments.has(DATABASE);
    }

    private ConfigurableApplicationContext open(Class<?> source, String... more) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(source)
                .listeners(new PinnedSettings())
                .initializers(EmbeddedDatabase::prepare)
                .initializers(unready ->
                        ((GenericApplicationContext) unready).registerBean(LastResort.class, () -> lastResort))
                .run(arguments.with(more));
        EmbeddedDatabase.writePid(context);
        return context;
    }

    /** The tables, and the classes that read and change them. */
    @Configuration(proxyBeanMethods = false)
    @Import({
        SettingsConfiguration.class,
        DatabaseConfiguration.class,
        RequestsConfiguration.class,
        ImportingConfiguration.class,
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
        SteadyClock steadyClock(Clock clock) {
            return SteadyClock.startingAt(clock.instant(), System::nanoTime);
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

    /** The whole program. */
    @Configuration(proxyBeanMethods = false)
    @Import({
        Tables.class,
        IntercomConfiguration.class,
        ApplyConfiguration.class,
        BatchConfiguration.class,
        LaunchConfiguration.class,
        PreviewConfiguration.class
    })
    static class Run {}
}
