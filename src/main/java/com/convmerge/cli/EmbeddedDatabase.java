package com.convmerge.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The H2 file, which belongs to one program at a time. The one that has it open leaves its pid beside it, since the others
 * cannot ask the database who it is.
 */
final class EmbeddedDatabase {
    private static final Pattern FILE_URL = Pattern.compile("jdbc:h2:file:([^;]+).*");
    private static final Pattern FILE_IN_MESSAGE = Pattern.compile("already in use: \"([^\"]+)\\.mv\\.db\"");

    private EmbeddedDatabase() {}

    /** Leaves our pid beside the file of {@code url}, if that is such a file; returns what to delete in the end. */
    static Optional<Path> leavePid(@Nullable String url) {
        Matcher file = FILE_URL.matcher(url == null ? "" : url);
        if (!file.matches()) {
            return Optional.empty();
        }
        Path pidFile = pidFile(file.group(1));
        try {
            Files.writeString(pidFile, Long.toString(ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(pidFile);
    }

    /** Whose program has the file open, in words, from H2's message that it is in use. */
    static String holder(String message) {
        Matcher file = FILE_IN_MESSAGE.matcher(message);
        if (file.find()) {
            try {
                return "pid " + Files.readString(pidFile(file.group(1))).strip();
            } catch (IOException e) {
                return "another program";
            }
        }
        return "another program";
    }

    private static Path pidFile(String database) {
        String home = System.getProperty("user.home");
        return Path.of(database.startsWith("~") ? home + database.substring(1) : database)
                .resolveSibling(Path.of(database).getFileName() + ".pid");
    }
}
