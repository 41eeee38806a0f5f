package com.convmerge.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arguments of a command, apart: settings for Spring Boot, such as {@code --convmerge.tag=duplicate}, and the command with
 * its options.
 */
record Settings(List<String> forSpring, List<String> forCommand) {
    private static final String SETTING = "--(convmerge|spring|logging)\\.[^=]+(=.*)?";

    static Settings of(String... args) {
        List<String> forSpring = new ArrayList<>();
        List<String> forCommand = new ArrayList<>();
        for (String arg : args) {
            (arg.matches("(?s)" + SETTING) ? forSpring : forCommand).add(arg);
        }
        return new Settings(List.copyOf(forSpring), List.copyOf(forCommand));
    }

    /** These and {@code more}, which win. */
    String[] with(String... more) {
        List<String> all = new ArrayList<>(forSpring);
        all.addAll(Arrays.asList(more));
        return all.toArray(String[]::new);
    }
}
