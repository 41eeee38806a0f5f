package com.convmerge.settings;

import com.convmerge.merge.Spelling;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The settings that lead to the database. They are Spring's, which passes over a misspelt one: the program would then work on an empty
 * database in the working directory, and find nothing to do.
 */
final class DatabaseNames {
    private static final ConfigurationPropertyName GROUP = ConfigurationPropertyName.of("spring.datasource");
    private static final ConfigurationPropertyName WITHOUT_SPRING = ConfigurationPropertyName.of("datasource");

    /** Those that an operator needs, and what people call them elsewhere. */
    private static final List<String> NEEDED = List.of("url", "username", "password");

    /** Whatever else may stand there, as one word. */
    private static final List<String> OTHERS = List.of(
            "hikari",
            "type",
            "name",
            "xa",
            "driverclassname",
            "generateuniquename",
            "jndiname",
            "embeddeddatabaseconnection",
            "connectionfetch",
            "classloader",
            "tomcat",
            "dbcp2",
            "oracleucp");

    private DatabaseNames() {}

    /** The setting that was meant; empty if the name is right, or leads to no database. */
    static Optional<String> meant(ConfigurationPropertyName name) {
        if (WITHOUT_SPRING.isParentOf(name)) {
            return closest(word(name, 1)).map(DatabaseNames::whole);
        }
        if (name.getNumberOfElements() < 2 || !GROUP.isParentOf(name.chop(GROUP.getNumberOfElements() + 1))) {
            return Optional.empty();
        }
        String word = word(name, GROUP.getNumberOfElements());
        boolean isRight = name.getNumberOfElements() == GROUP.getNumberOfElements() + 1 && NEEDED.contains(word);
        return isRight || OTHERS.contains(word)
                ? Optional.empty()
                : closest(word).map(DatabaseNames::whole);
    }

    private static Optional<String> closest(String word) {
        return NEEDED.stream()
                .filter(needed -> needed.startsWith(word))
                .findFirst()
                .or(() -> Spelling.closest(word, NEEDED));
    }

    private static String whole(String word) {
        return GROUP + "." + word;
    }

    private static String word(ConfigurationPropertyName name, int element) {
        return name.getElement(element, Form.UNIFORM);
    }
}
