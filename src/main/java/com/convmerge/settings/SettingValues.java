package com.convmerge.settings;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.PossibleSecrets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Refuses values of settings that Spring would take for something else than was meant: a time without its unit would be
 * milliseconds, and a reference to what is not set would stay as it is written. Throws {@link ConfigurationProblem}.
 */
public final class SettingValues implements EnvironmentPostProcessor, Ordered {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d*[1-9]\\d*");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}:]*)");

    @Override
    public int getOrder() {
        // After the files of settings were read, and after misspelt names were refused.
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        // Without Spring's own reader of references, which fails with words of Java.
        Binder binder = Binder.get(environment);
        String faults = SettingNames.all().stream()
                .flatMap(name -> values(name, binder).stream().flatMap(value -> fault(name, value).stream()))
                .distinct()
                .collect(Collectors.joining("; "));
        if (!faults.isEmpty()) {
            throw new ConfigurationProblem(faults);
        }
    }

    private static List<String> values(String name, Binder binder) {
        return SettingNames.takesList(name)
                ? binder.bind(name, Bindable.listOf(String.class)).orElse(List.of())
                : binder.bind(name, Bindable.of(String.class)).map(List::of).orElse(List.of());
    }

    private static Optional<String> fault(String name, String value) {
        if (SettingNames.isTime(name) && NUMBER.matcher(value.strip()).matches()) {
            return Optional.of("the setting " + name + " is " + value.strip()
                    + ", without a unit; expected a time such as " + value.strip() + "s, " + value.strip() + "m or "
                    + value.strip() + "h");
        }
        Matcher reference = REFERENCE.matcher(value);
        return reference.find()
                ? Optional.of("the setting " + name + " refers to " + PossibleSecrets.hideIn(reference.group(1))
                        + ", which is not set")
                : Optional.empty();
    }
}
