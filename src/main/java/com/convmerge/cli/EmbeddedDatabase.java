package com.convmerge.cli;

import com.convmerge.report.OwnerOnly;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.Environment;

/**
 * The H2 file, which one program at a time can open. That program writes its pid to a file beside the database, because the
 * others cannot ask the database which program it is. H2 makes its files with the umask's permissions, so they are taken from others
 * here: the folder before H2 makes it, the files as soon as it has opened them, and again when it is closed.
 */
final class EmbeddedDatabase {
    /** H2 also takes an address without {@code file:}; the other words before a colon are its other file systems and servers. */
    private static final Pattern FILE_URL = Pattern.compile(
            "(?i)jdbc:h2:(?:file:)?(?!(?:mem|tcp|ssl|zip|split|async|retry|cache|classpath|nio\\w*|mem\\w+):)([^;]+).*");

    /** Process start times come in hundredths of a second, counted from a boot time in whole seconds. */
    private static final Duration CLOCK_STEPS = Duration.ofSeconds(1);

    private static final Pattern FILE_IN_MESSAGE = Pattern.compile("already in use: \"([^\"]+)\\.mv\\.db\"");

    private EmbeddedDatabase() {}

    /**
     * Before the database is opened, if it is such a file: makes its folder if there is none, sees whether both can be used, shuts
     * others out of the files of earlier starts, and finds the last commit of a program that was killed. Does the same again when the database is closed, as H2 may write it anew then.
     */
    static void prepare(ConfigurableApplicationContext context) {
        pathWithoutSuffix(context.getEnvironment()).ifPresent(database -> {
            DatabaseFile.check(database);
            shutOthersOut(database);
            EmbeddedFile.recover(database + ".mv.db");
            if (context.getBeanFactory() instanceof DefaultListableBeanFactory beans) {
                // Beans are destroyed in the reverse order, so this comes after the pool has closed the last
                // connection.
                beans.registerDisposableBean("embeddedDatabaseFiles", () -> shutOthersOut(database));
            }
        });
    }

    /** After the database is closed, if it is such a file: makes it small again, and shuts others out of what that has written anew. */
    static void compact(Environment settings) {
        pathWithoutSuffix(settings)
                .ifPresent(database -> EmbeddedFile.compact(
                        settings.getProperty(ContextFactory.DATABASE, ""),
                        settings.getProperty("spring.datasource.username", ""),
                        settings.getProperty("spring.datasource.password", ""),
                        () -> holds(database)));
    }

    /** While the file is written anew, which may take a minute: others see who does it, and H2 makes files with the umask's permissions. */
    private static WatchedFolder holds(Path database) {
        writePid(database);
        return new WatchedFolder(() -> shutOthersOut(database), () -> deletePid(database));
    }

    /** Writes the pid of this program while the context is open, if its database is such a file. */
    static void writePid(ConfigurableApplicationContext context) {
        pathWithoutSuffix(context.getEnvironment()).ifPresent(database -> {
            shutOthersOut(database);
            writePid(database);
            context.addApplicationListener(event -> {
                if (event instanceof ContextClosedEvent) {
                    deletePid(database);
                }
            });
        });
    }

    private static void writePid(Path database) {
        Path pid = besides(database, ".pid");
        try {
            OwnerOnly.makeFileIfMissing(pid);
            Files.writeString(pid, Long.toString(ProcessHandle.current().pid()));
        } catch (IOException e) {
            // Without it others are told that "another program" has the database; nothing else is lost.
        }
    }

    private static void deletePid(Path database) {
        File pid = besides(database, ".pid").toFile();
        if (!pid.delete()) {
            pid.deleteOnExit();
        }
    }

    /** Of the database itself, of what H2 writes while it compacts it, and of what it writes about errors. */
    private static void shutOthersOut(Path database) {
        Path folder = database.toAbsolutePath().getParent();
        String ours = database.getFileName() + ".";
        if (folder == null) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                folder, file -> file.getFileName().toString().startsWith(ours))) {
            files.forEach(OwnerOnly::shutOthersOut);
        } catch (IOException | DirectoryIteratorException e) {
            // The database itself will say what is wrong with its folder.
        }
    }

    private static Optional<Path> pathWithoutSuffix(Environment settings) {
        Matcher url = FILE_URL.matcher(settings.getProperty(ContextFactory.DATABASE, ""));
        try {
            return url.matches() ? Optional.of(path(url.group(1))) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The program that has the file open, if it is one of ours; {@code message} is H2's, which contains the path of the file. */
    static Optional<Long> holderPid(String message) {
        Matcher file = FILE_IN_MESSAGE.matcher(message);
        if (!file.find()) {
            return Optional.empty();
        }
        Path pidFile = pidFile(file.group(1));
        try {
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            return ProcessHandle.of(pid)
                    .filter(holder -> hasWritten(pidFile, holder))
                    .map(ProcessHandle::pid);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** After a kill the file is left over, and its number may be that of another program by now, which began later. */
    private static boolean hasWritten(Path pidFile, ProcessHandle holder) {
        Instant written = Instant.ofEpochMilli(pidFile.toFile().lastModified());
        return holder.info()
                .startInstant()
                .map(began -> !began.isAfter(written.plus(CLOCK_STEPS)))
                .orElse(true);
    }

    private static Path pidFile(String database) {
        return besides(path(database), ".pid");
    }

    private static Path besides(Path database, String suffix) {
        return database.resolveSibling(database.getFileName() + suffix);
    }

    private static Path path(String database) {
        return Path.of(database.startsWith("~") ? System.getProperty("user.home") + database.substring(1) : database);
    }
}
