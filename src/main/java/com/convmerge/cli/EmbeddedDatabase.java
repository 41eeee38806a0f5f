package com.convmerge.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/**
 * The H2 file, which one program at a time can open. That program writes its pid to a file beside the database, because the
 * others cannot ask the database which program it is.
 */
final class EmbeddedDatabase {
    private static final Pattern FILE_URL = Pattern.compile("jdbc:h2:file:([^;]+).*");
    private static final Pattern FILE_IN_MESSAGE = Pattern.compile("already in use: \"([^\"]+)\\.mv\\.db\"");

    private EmbeddedDatabase() {}

    /** Writes the pid of this program while the context is open, if its database is such a file. */
    static void writePid(ConfigurableApplicationContext context) {
        Matcher url = FILE_URL.matcher(context.getEnvironment().getProperty(ContextFactory.DATABASE, ""));
        if (!url.matches()) {
            return;
        }
        File file = pidFile(url.group(1)).toFile();
        try {
            Files.writeString(
                    file.toPath(), Long.toString(ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        context.addApplicationListener(event -> {
            if (event instanceof ContextClosedEvent && !file.delete()) {
                file.deleteOnExit();
            }
        });
    }

    /** Describes the program that has the file open; {@code message} is H2's, which contains the path of the file. */
    static String holder(String message) {
        Matcher file = FILE_IN_MESSAGE.matcher(message);
        try {
            return file.find()
                    ? "pid " + Files.readString(pidFile(file.group(1))).strip()
                    : "another program";
        } catch (IOException e) {
            return "another program";
        }
    }

    private static Path pidFile(String database) {
        String home = System.getProperty("user.home");
        return Path.of(database.startsWith("~") ? home + database.substring(1) : database)
                .resolveSibling(Path.of(database).getFileName() + ".pid");
    }
}
