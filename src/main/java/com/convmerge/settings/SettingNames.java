package com.convmerge.settings;

import com.convmerge.merge.Spelling;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** The names that settings of convmerge can have, as {@link Settings} declares them, and what a misspelt one was meant to be. */
final class SettingNames {
    static final String PREFIX = "convmerge";

    private static final Map<String, RecordComponent> SETTINGS = new LinkedHashMap<>();

    static {
        collect(Settings.class, PREFIX);
    }

    private SettingNames() {}

    private static void collect(Class<?> settings, String prefix) {
        for (RecordComponent component : settings.getRecordComponents()) {
            String name = prefix + "." + dashed(component.getName());
            if (component.getType().isRecord()) {
                collect(component.getType(), name);
            } else {
                SETTINGS.put(name, component);
            }
        }
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    static Set<String> all() {
        return SETTINGS.keySet();
    }

    /** Whether a setting may have several values. */
    static boolean takesList(String name) {
        return Collection.class.isAssignableFrom(
                Objects.requireNonNull(SETTINGS.get(name)).getType());
    }

    /** Whether the value of a setting, or each of its values, is a length of time. */
    static boolean isTime(String name) {
        return Objects.requireNonNull(SETTINGS.get(name))
                .getGenericType()
                .getTypeName()
                .contains(Duration.class.getName());
    }

    /** The first word of each name behind the prefix, such as {@code report}. */
    static List<String> firstWords() {
        return all().stream()
                .map(name -> name.substring(PREFIX.length() + 1).replaceFirst("\\..*", ""))
                .distinct()
                .toList();
    }

    /** Whether Spring would take this for one of the settings: dashes and capitals do not matter to it. */
    static boolean isKnown(ConfigurationPropertyName name) {
        boolean isElement = name.isLastElementIndexed();
        ConfigurationPropertyName setting = isElement ? name.getParent() : name;
        return all().stream()
                .anyMatch(known -> (!isElement || takesList(known))
                        && ConfigurationPropertyName.of(known).equals(setting));
    }

    /** Whether settings begin with this name, as with {@code convmerge.report}, which is none itself. */
    static boolean isGroup(ConfigurationPropertyName name) {
        return all().stream().anyMatch(known -> name.isAncestorOf(ConfigurationPropertyName.of(known)));
    }

    /** Whether Spring would take this variable of the environment for one of the settings. */
    static boolean isKnownVariable(String variable) {
        String name = variable.toUpperCase(Locale.ROOT);
        return all().stream().anyMatch(known -> variables(known).stream()
                .anyMatch(form -> name.equals(form)
                        || (takesList(known)
                                && name.startsWith(form)
                                && name.substring(form.length()).matches("_\\d+_?"))));
    }

    /** The names of a setting in the environment: the one that Spring documents, and the one with a line for each dash. */
    private static List<String> variables(String setting) {
        return List.of(variable(setting), setting.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT));
    }

    static String variable(String setting) {
        return setting.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * The setting that was most likely meant; by its last word alone if the way to it is wrong, too.
     *
     * @param rest what stands behind the prefix, with dots
     */
    static Optional<String> meant(String rest) {
        String typed = rest.replaceFirst("\\[.*", "").replace("-", "");
        List<String> known =
                all().stream().map(name -> name.substring(PREFIX.length() + 1)).toList();
        return known.stream()
                .filter(name -> name.startsWith(rest + ".") || rest.startsWith(name + "."))
                .findFirst()
                .or(() -> known.stream()
                        .filter(name -> isLike(typed, name.replace("-", "")))
                        .min(Comparator.comparingInt(name -> Spelling.slips(typed, name.replace("-", "")))))
                .or(() -> Spelling.closest(
                                lastWord(rest),
                                known.stream().map(SettingNames::lastWord).toList())
                        .flatMap(word -> known.stream()
                                .filter(name -> lastWord(name).equals(word))
                                .findFirst()))
                .map(name -> PREFIX + "." + name);
    }

    /** Word by word, because a long group that is right would outweigh a last word that is something else. */
    private static boolean isLike(String typed, String known) {
        String[] typedWords = typed.split("\\.");
        String[] knownWords = known.split("\\.");
        return typedWords.length == knownWords.length
                && IntStream.range(0, knownWords.length)
                        .allMatch(word -> Spelling.isLike(typedWords[word], knownWords[word]));
    }

    /** The same for a variable of the environment. */
    static Optional<String> meantVariable(String rest) {
        return meant(rest.toLowerCase(Locale.ROOT).replace('_', '.')).map(SettingNames::variable);
    }

    /** The first element of a name, as it was written. */
    static String firstWord(ConfigurationPropertyName name) {
        return name.isEmpty() ? "" : name.getElement(0, Form.ORIGINAL);
    }

    private static String lastWord(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
