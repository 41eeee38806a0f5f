package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.report.FileTrouble;
import com.convmerge.report.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Sees whether H2 will be able to use its file, before H2 tries: it would open a file that it may not write for reading alone, or
 * print stack traces of its own.
 */
final class DatabaseFile {
    /** What H2's files begin with; an empty file becomes a new database. */
    private static final String HEAD = "H:2";

    /** What they begin with if the address asks for encryption ({@code CIPHER=AES}). */
    private static final String HEAD_ENCRYPTED = "H2encrypt";

    /** As much as the first start of H2 writes, roughly. */
    private static final int TRIAL_BYTES = 64 * 1024;

    private DatabaseFile() {}

    /** Makes the folder if there is none. Throws {@link ConfigurationProblem} if the database cannot live there. */
    static void check(Path database) {
        check(database, file -> Files.isReadable(file) && Files.isWritable(file));
    }

    /** @param mayUse whether this user may read and write a file */
    static void check(Path database, Predicate<Path> mayUse) {
        Path folder = database.toAbsolutePath().normalize().getParent();
        try {
            OwnerOnly.makeFolderOf(database);
        } catch (IOException e) {
            throw unusable("its folder " + folder + " cannot be made (" + FileTrouble.reason(e) + ")");
        }
        checkFile(database.resolveSibling(database.getFileName() + ".mv.db"), mayUse);
        if (folder != null) {
            tryToWrite(folder);
        }
    }

    private static void checkFile(Path file, Predicate<Path> mayUse) {
        if (Files.isDirectory(file)) {
            throw unusable(file + " is a folder; expected a file, or nothing of that name");
        }
        if (!Files.exists(file)) {
            return;
        }
        if (!mayUse.test(file)) {
            throw unusable("the user " + System.getProperty("user.name") + " may not read and write its file " + file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(HEAD_ENCRYPTED.length()), StandardCharsets.US_ASCII);
            if (!head.isEmpty() && !head.startsWith(HEAD) && !head.equals(HEAD_ENCRYPTED)) {
                throw unusable(file + " is no database of H2");
            }
        } catch (IOException e) {
            throw unusable("its file " + file + " cannot be read (" + FileTrouble.reason(e) + ")");
        }
    }

    private static void tryToWrite(Path folder) {
        Path trial = folder.resolve(".convmerge-" + UUID.randomUUID() + ".trial");
        try {
            try {
                OwnerOnly.makeFile(trial);
                Files.write(trial, new byte[TRIAL_BYTES]);
            } finally {
                Files.deleteIfExists(trial);
            }
        } catch (IOException e) {
            throw notWritable(folder, e);
        }
    }

    static ConfigurationProblem notWritable(Path folder, IOException e) {
        String why = "its folder " + folder + " cannot be written (" + FileTrouble.reason(e) + ")";
        return String.valueOf(e.getMessage()).contains("No space left")
                ? new ConfigurationProblem(
                        "the database cannot be used: " + why + ". Make room there; nothing was done")
                : unusable(why);
    }

    private static ConfigurationProblem unusable(String why) {
        return new ConfigurationProblem("the database cannot be used: " + why
                + ". Check SPRING_DATASOURCE_URL, or start it in another folder; nothing was done");
    }
}
