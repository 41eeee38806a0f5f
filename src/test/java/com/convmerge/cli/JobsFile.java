package com.convmerge.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The files in {@code jobs/}. */
final class JobsFile {
    private static final Path JOBS = Path.of("jobs");

    private JobsFile() {}

    /** All values of a key in a systemd unit file. */
    static List<String> values(String unit, String key) {
        return found(read(unit), "(?m)^" + key + "=(.*)$");
    }

    static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1).strip())
                .toList();
    }

    static String read(String file) {
        try {
            return Files.readString(JOBS.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
