package com.convmerge.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The arguments of a command, separated: settings for Spring Boot, such as {@code --convmerge.tag=duplicate}, and the command with
 * its options.
 */
record Arguments(List<String> forSpring, List<String> forCommand) {
    private static final String SETTING = "--(convmerge|spring|logging)\\.[^=]+(=.*)?";

    static Arguments of(String... args) {
        List<String> forSpring = new ArrayList<>();
        List<String> forCommand = new ArrayList<>();
        for (String arg : args) {
            (arg.matches("(?s)" + SETTING) ? forSpring : forCommand).add(arg);
        }
        return new Arguments(List.copyOf(forSpring), List.copyOf(forCommand));
    }

    /** Whether the arguments contain this setting. */
    boolean has(String name) {
        return forSpring.stream().anyMatch(arg -> name(arg).equals(name));
    }

    /** These settings and {@code more}, which replace those of the same name: Spring would join two values with a comma. */
    String[] with(String... more) {
        Set<String> replaced = Arrays.stream(more).map(Arguments::name).collect(Collectors.toSet());
        return Stream.concat(forSpring.stream().filter(arg -> !replaced.contains(name(arg))), Arrays.stream(more))
                .toArray(String[]::new);
    }

    private static String name(String arg) {
        int end = arg.indexOf('=');
        return arg.substring("--".length(), end < 0 ? arg.length() : end);
    }
}
