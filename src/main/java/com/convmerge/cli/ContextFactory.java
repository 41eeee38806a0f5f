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
import com.convmerge.undo.UndoConfiguration;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;

/** Opens the Spring context that a command needs: the database alone, or Intercom and the job as well. */
final class ContextFactory {
    private static final Logger log = LoggerFactory.getLogger(ContextFactory.class);

    /** The name of the setting for the database. */
    static final String DATABASE = "spring.datasource.url";

    /** The name of the setting for how much is logged. */
    static final String LOG_LEVEL = "logging.level.com.convmerge";

    private final Arguments arguments;
    private final LastResort lastResort;
    private final SandboxFolder sandboxFolder;
    private final List<ApplicationListener<?>> listeners;

    /** @param directory the working directory */
    ContextFactory(Arguments arguments, LastResort lastResort, Path directory) {
        this(arguments, lastResort, SandboxFolder.in(directory), List.of());
    }

    private ContextFactory(
            Arguments arguments,
            LastResort lastResort,
            SandboxFolder sandboxFolder,
            List<ApplicationListener<?>> listeners) {
        this.arguments = arguments;
        this.lastResort = lastResort;
        this.sandboxFolder = sandboxFolder;
        this.listeners = listeners;
    }

    /** For commands that read or change the tables; needs no token. */
    ConfigurableApplicationContext openTables() {
        return open(Tables.class);
    }

    /** For commands that call Intercom. */
    ConfigurableApplicationContext openRun() {
        return open(Run.class);
    }

    /** Does the work of a run, and makes the file of an embedded database small again after it. */
    ExitCode onIntercom(Function<ConfigurableApplicationContext, ExitCode> work) {
        ExitCode code;
        Environment settings;
        try (ConfigurableApplicationContext context = openRun()) {
            settings = context.getEnvironment();
            code = work.apply(context);
        }
        EmbeddedDatabase.compact(settings);
        return code;
    }

    /** The same on the database and the reports of the sandbox. */
    ContextFactory onSandbox() {
        return onSandbox(Map.of());
    }

    /** @param settings win over all others */
    ContextFactory onSandbox(Map<String, Object> settings) {
        return new ContextFactory(arguments, lastResort, sandboxFolder, sandboxFolder.listeners(settings));
    }

    /** The same with this setting, unless the command line has one of that name. */
    ContextFactory withDefault(String name, String value) {
        return isSet(name)
                ? this
                : new ContextFactory(
                        new Arguments(List.of(arguments.with("--" + name + "=" + value)), arguments.forCommand()),
                        lastResort,
                        sandboxFolder,
                        listeners);
    }

    SandboxFolder sandboxFolder() {
        return sandboxFolder;
    }

    /** Whether the command line has this setting. */
    boolean isSet(String name) {
        return arguments.has(name);
    }

    private ConfigurableApplicationContext open(Class<?> source) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(source)
                .listeners(listeners.toArray(ApplicationListener[]::new))
                .listeners(new PinnedSettings())
                .initializers(EmbeddedDatabase::prepare)
                .initializers(unready ->
                        ((GenericApplicationContext) unready).registerBean(LastResort.class, () -> lastResort))
                .run(arguments.with());
        EmbeddedDatabase.writePid(context);
        log.info("the database is {}", context.getEnvironment().getProperty(DATABASE));
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
        UndoConfiguration.class,
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
            return LocalTimeZone.of(System.getenv("TZ"), ZoneId.systemDefault());
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
