package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The arguments of a command, apart: settings for Spring Boot, such as {@code --convmerge.tag=duplicate}, and the command with
 * its options.
 */
record Settings(List<String> forSpring, List<String> forCommand) {
    /** What may follow {@code convmerge.}; a misspelt one would be ignored otherwise, and the night not as it was wanted. */
    private static final Set<String> OURS = Set.of(
            "tag",
            "concurrency",
            "chunk",
            "settle",
            "note-template",
            "parent-note-template",
            "notify-parents",
            "closed-parent",
            "intercom",
            "retries",
            "report");

    private static final String SETTING = "--(convmerge|spring|logging)\\.[^=]+(=.*)?";

    static Settings of(String... args) {
        List<String> forSpring = new ArrayList<>();
        List<String> forCommand = new ArrayList<>();
        for (String arg : args) {
            (arg.matches("(?s)" + SETTING) ? forSpring : forCommand).add(arg);
        }
        return new Settings(List.copyOf(forSpring), List.copyOf(forCommand));
    }

    /** Throws {@link ConfigurationProblem} if an argument names a setting of ours that there is not. */
    void check() {
        for (String arg : forSpring) {
            String[] parts = name(arg).split("\\.");
            if (parts[0].equals("convmerge") && !OURS.contains(parts[1])) {
                throw new ConfigurationProblem("there is no setting " + name(arg) + "; expected convmerge. and one of "
                        + String.join(", ", new TreeSet<>(OURS)));
            }
        }
    }

    /** Whether the arguments have a value for this setting. */
    boolean has(String name) {
        return forSpring.stream().anyMatch(arg -> name(arg).equals(name));
    }

    /** These and {@code more}, which win: Spring would make one value of two, with a comma between them. */
    String[] with(String... more) {
        Set<String> replaced = Arrays.stream(more).map(Settings::name).collect(Collectors.toSet());
        return Stream.concat(forSpring.stream().filter(arg -> !replaced.contains(name(arg))), Arrays.stream(more))
                .toArray(String[]::new);
    }

    private static String name(String arg) {
        int end = arg.indexOf('=');
        return arg.substring("--".length(), end < 0 ? arg.length() : end);
    }
}
