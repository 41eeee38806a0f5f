package com.convmerge.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * The folder that the sandbox has for itself: its database, what its simulator remembers, and its reports. Whatever is configured, a command on the sandbox writes
 * nowhere else, so that nobody's real requests or reports are ever touched by a trial.
 */
record SandboxFolder(Path path) {
    private static final String SOURCE = "convmerge sandbox";

    /** Right behind the listener that reads the files, and before the one that opens the log (Spring Boot's are at 10 and 20). */
    private static final int BEFORE_THE_LOG = Ordered.HIGHEST_PRECEDENCE + 15;

    static SandboxFolder in(Path workingDirectory) {
        return new SandboxFolder(workingDirectory.resolve("data").resolve("sandbox"));
    }

    /** What the simulator has accepted; it belongs to the database. */
    Path journal() {
        return path.resolve("intercom.journal");
    }

    /** What makes Spring use this folder, with {@code more} settings that win over all others. */
    List<ApplicationListener<?>> listeners(Map<String, Object> more) {
        Map<String, Object> settings = new LinkedHashMap<>(more);
        settings.put(
                ContextFactory.DATABASE,
                "jdbc:h2:file:" + path.resolve("convmerge")
                        + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0");
        settings.put("convmerge.report.directory", path.resolve("reports").toString());
        return List.of(
                // First of all: what looks at the database's address must not see the one of the real database.
                new Listener(Ordered.HIGHEST_PRECEDENCE) {
                    @Override
                    void change(ConfigurableEnvironment environment) {
                        environment.getPropertySources().addFirst(new MapPropertySource(SOURCE, settings));
                    }
                },
                new Listener(BEFORE_THE_LOG) {
                    @Override
                    void change(ConfigurableEnvironment environment) {
                        hideSpringsOwn(environment.getPropertySources());
                    }
                });
    }

    /**
     * Settings of Spring lead to the real database and to its log file in more ways than anybody can list, so that none is left but
     * those that the program itself comes with. What convmerge itself is told, such as a template, is tried out in the sandbox.
     */
    private static void hideSpringsOwn(MutablePropertySources sources) {
        for (PropertySource<?> source : sources.stream().toList()) {
            if (source instanceof EnumerablePropertySource<?> given
                    && !source.getName().startsWith("convmerge ")) {
                Map<String, Object> kept = Arrays.stream(given.getPropertyNames())
                        .filter(name -> !isSpringsOwn(name) || isOfTheProgram(name, given))
                        .collect(Collectors.toMap(
                                name -> name, name -> String.valueOf(given.getProperty(name)), (one, same) -> one));
                sources.replace(
                        source.getName(),
                        source instanceof SystemEnvironmentPropertySource
                                ? new SystemEnvironmentPropertySource(source.getName(), kept)
                                : new MapPropertySource(source.getName(), kept));
            }
        }
    }

    private static boolean isSpringsOwn(String name) {
        return name.matches("(?i)(spring|logging)[._].*")
                && !name.matches("(?i)logging[._](level[._].*|exception-conversion-word)");
    }

    private static boolean isOfTheProgram(String name, EnumerablePropertySource<?> source) {
        return OriginLookup.getOrigin(source, name) instanceof TextResourceOrigin origin
                && origin.getResource() instanceof ClassPathResource;
    }

    /** How it is named to the operator. */
    @Override
    public String toString() {
        return path.toString();
    }

    /** Changes the settings at its point in the order of all that do so. */
    private abstract static class Listener
            implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
        private final int order;

        Listener(int order) {
            this.order = order;
        }

        abstract void change(ConfigurableEnvironment environment);

        @Override
        public int getOrder() {
            return order;
        }

        @Override
        public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
            change(event.getEnvironment());
        }
    }
}
