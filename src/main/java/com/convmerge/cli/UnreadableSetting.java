package com.convmerge.cli;

import com.convmerge.merge.PossibleSecrets;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.ResolvableType;
import org.springframework.util.unit.DataSize;

/** Says of a setting whose value cannot be read what it is and what it may be, without the words of Java. */
final class UnreadableSetting {
    private static final String TRUE_OR_FALSE = "true or false";
    private static final String WHOLE_NUMBER = "a whole number";
    private static final String NUMBER = "a number";
    private static final String FILE = "the name of a file or folder";

    private static final Map<Class<?>, String> EXPECTED = Map.ofEntries(
            Map.entry(int.class, WHOLE_NUMBER),
            Map.entry(Integer.class, WHOLE_NUMBER),
            Map.entry(long.class, WHOLE_NUMBER),
            Map.entry(Long.class, WHOLE_NUMBER),
            Map.entry(double.class, NUMBER),
            Map.entry(Double.class, NUMBER),
            Map.entry(boolean.class, TRUE_OR_FALSE),
            Map.entry(Boolean.class, TRUE_OR_FALSE),
            Map.entry(Duration.class, "a time such as 10s, 15m or 1h"),
            Map.entry(DataSize.class, "a size such as 10MB"),
            Map.entry(Path.class, FILE),
            Map.entry(File.class, FILE));

    /** The name of a class, which tells an operator nothing. */
    private static final Pattern CLASS = Pattern.compile("\\b(?:[a-z]\\w*\\.){2,}[A-Z]\\w*");

    private UnreadableSetting() {}

    static String describe(BindException e) {
        String name = e.getName().toString();
        String expected = expected(e.getTarget().getType());
        ConfigurationProperty property = e.getProperty();
        if (expected != null && property != null && !isReference(String.valueOf(property.getValue()))) {
            return "the setting " + name + " is \"" + PossibleSecrets.hideIn(String.valueOf(property.getValue()))
                    + "\"; expected " + expected;
        }
        String reason = PossibleSecrets.hideIn(
                String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage())
                        .lines()
                        .findFirst()
                        .orElse(""));
        return "the setting " + name + " cannot be read"
                + (CLASS.matcher(reason).find() ? "; check its value" : ": " + reason);
    }

    /** To another setting or a variable: what that is stands in the reason. */
    private static boolean isReference(String value) {
        return value.contains("${");
    }

    private static @Nullable String expected(ResolvableType type) {
        Class<?> raw = type.resolve(Object.class);
        if (List.class.isAssignableFrom(raw)) {
            String one = expected(type.getGeneric(0));
            return one == null ? null : one + ", or several with commas between them";
        }
        if (raw.isEnum()) {
            return "one of "
                    + Arrays.stream(raw.getEnumConstants())
                            .map(value -> ((Enum<?>) value)
                                    .name()
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', '-'))
                            .collect(Collectors.joining(", "));
        }
        return EXPECTED.get(raw);
    }
}
