package com.convmerge.settings;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.PossibleSecrets;
import com.convmerge.merge.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Refuses settings that look like settings of convmerge and are none, wherever they stand: Spring itself would pass over them in
 * silence, and the run would use the default instead. Throws {@link ConfigurationProblem} with what was most likely meant.
 */
public final class MisspeltSettings implements EnvironmentPostProcessor, Ordered {
    /** Variables that begin like ours and are for the launcher, the schedulers and the log, or that images and wrappers often have. */
    private static final Set<String> NO_SETTINGS = Set.of(
            "CONVMERGE_JAVA_OPTS", "CONVMERGE_ARGUMENTS", "CONVMERGE_HOME", "CONVMERGE_JAR", "CONVMERGE_VERSION");

    /** What Kubernetes and Docker put into each container beside a service that is named convmerge, convmerge-db and so on. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "CONVMERGE_(NAME|(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP)(_\\w+)?)?))");

    /** Those that application.yml in the program reads. */
    private static final List<String> INTERCOM_VARIABLES =
            List.of("INTERCOM_ACCESS_TOKEN", "INTERCOM_REGION", "INTERCOM_BASE_URL");

    private static final String INTERCOM = "INTERCOM_";

    /** What stands at the top of a file of settings. */
    private static final List<String> TOPS = List.of(SettingNames.PREFIX, "spring", "logging");

    @Override
    public int getOrder() {
        // After the files of settings were read, and before the database's settings are looked at.
        return LOWEST_PRECEDENCE - 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        List<EnumerablePropertySource<?>> sources = environment.getPropertySources().stream()
                .flatMap(source -> source instanceof EnumerablePropertySource<?> known ? Stream.of(known) : Stream.of())
                .collect(Collectors.toList());
        String faults = sources.stream()
                .flatMap(source -> Arrays.stream(source.getPropertyNames())
                        .filter(name -> !isUsed(name, sources))
                        .flatMap(name -> fault(name, source).stream()))
                .distinct()
                .collect(Collectors.joining("; "));
        if (!faults.isEmpty()) {
            throw new ConfigurationProblem(faults);
        }
    }

    private static Optional<String> fault(String name, EnumerablePropertySource<?> source) {
        if (source instanceof SystemEnvironmentPropertySource && !name.contains(".")) {
            Optional<String> database =
                    DatabaseNames.meant(ConfigurationPropertyName.adapt(name.replace('_', '.'), '.'));
            if (database.isPresent()) {
                return Optional.of(fault(name, "", database.map(SettingNames::variable)));
            }
            return isMisspeltVariable(name)
                    ? Optional.of(fault(name, "", SettingNames.meantVariable(name.substring(name.indexOf('_') + 1))))
                    : misspeltIntercomVariable(name);
        }
        ConfigurationPropertyName setting = ConfigurationPropertyName.adapt(name, '.');
        Optional<String> database = DatabaseNames.meant(setting);
        if (database.isPresent()) {
            return Optional.of(fault(name, where(name, source), database));
        }
        String first = SettingNames.firstWord(setting);
        if (first.equalsIgnoreCase(SettingNames.PREFIX)) {
            boolean isEmptyGroup = SettingNames.isGroup(setting)
                    && String.valueOf(source.getProperty(name)).isEmpty();
            return SettingNames.isKnown(setting) || isEmptyGroup
                    ? Optional.empty()
                    : Optional.of(fault(name, where(name, source), SettingNames.meant(behind(name))));
        }
        return isFile(name, source) ? misspeltTop(name, first, where(name, source)) : misspeltPrefix(name, first);
    }

    /** In a file that is written for convmerge: a top that is nearly one of ours, or a setting of ours without its prefix. */
    private static Optional<String> misspeltTop(String name, String first, String where) {
        if (TOPS.contains(first.toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        Optional<String> top = Spelling.closest(first, TOPS);
        if (top.isPresent()) {
            String mended = top.get() + name.substring(first.length());
            Optional<String> ours =
                    top.get().equals(SettingNames.PREFIX) ? SettingNames.meant(behind(name)) : Optional.empty();
            return Optional.of(fault(name, where, ours.or(() -> Optional.of(mended))));
        }
        return Spelling.closest(first, SettingNames.firstWords())
                .map(word -> fault(
                        name, where, SettingNames.meant(name).or(() -> Optional.of(SettingNames.PREFIX + "." + word))));
    }

    private static String behind(String name) {
        return name.substring(name.indexOf('.') + 1);
    }

    /** Elsewhere other programs have their settings, too, so that the rest must be a setting of ours. */
    private static Optional<String> misspeltPrefix(String name, String first) {
        String mended = SettingNames.PREFIX + name.substring(first.length());
        return Spelling.isOneSlip(first, SettingNames.PREFIX)
                        && SettingNames.all().contains(mended)
                ? Optional.of(fault(name, "", Optional.of(mended)))
                : Optional.empty();
    }

    private static boolean isMisspeltVariable(String name) {
        String variable = name.toUpperCase(Locale.ROOT);
        if (variable.startsWith("CONVMERGE_")) {
            return !SettingNames.isKnownVariable(name)
                    && !NO_SETTINGS.contains(variable)
                    && !SERVICE_LINK.matcher(variable).matches();
        }
        int end = variable.indexOf('_');
        return end > 0
                && Spelling.isOneSlip(variable.substring(0, end), SettingNames.PREFIX)
                && SettingNames.isKnownVariable("CONVMERGE" + variable.substring(end));
    }

    private static Optional<String> misspeltIntercomVariable(String name) {
        if (!name.startsWith(INTERCOM) || INTERCOM_VARIABLES.contains(name)) {
            return Optional.empty();
        }
        List<String> known = INTERCOM_VARIABLES.stream()
                .map(variable -> variable.substring(INTERCOM.length()))
                .toList();
        return Spelling.closest(name.substring(INTERCOM.length()), known)
                .map(meant -> fault(name, "", Optional.of(INTERCOM + meant)));
    }

    private static String fault(String name, String where, Optional<String> meant) {
        return "there is no setting " + PossibleSecrets.hideIn(name) + where + ": "
                + meant.map(known -> "did you mean " + known + "?").orElse("check its spelling");
    }

    /** Whether another setting refers to this one, which then is a name of the operator's own. */
    private static boolean isUsed(String name, List<EnumerablePropertySource<?>> sources) {
        String reference = "${" + name.split("\\.", 2)[0];
        return !name.startsWith(SettingNames.PREFIX + ".")
                && name.contains(".")
                && sources.stream()
                        .filter(source -> !(source instanceof SystemEnvironmentPropertySource))
                        .flatMap(source ->
                                Arrays.stream(source.getPropertyNames()).map(source::getProperty))
                        .anyMatch(value -> String.valueOf(value).contains(reference));
    }

    private static boolean isFile(String name, EnumerablePropertySource<?> source) {
        TextResourceOrigin origin = origin(name, source);
        return origin != null && !(origin.getResource() instanceof ClassPathResource);
    }

    private static String where(String name, EnumerablePropertySource<?> source) {
        TextResourceOrigin origin = origin(name, source);
        if (origin == null || origin.getResource() == null) {
            return "";
        }
        String line = origin.getLocation() == null
                ? ""
                : ", line " + (origin.getLocation().getLine() + 1);
        return " (" + Objects.requireNonNullElse(origin.getResource().getFilename(), "file") + line + ")";
    }

    private static @Nullable TextResourceOrigin origin(String name, EnumerablePropertySource<?> source) {
        return OriginLookup.getOrigin(source, name) instanceof TextResourceOrigin origin ? origin : null;
    }
}
