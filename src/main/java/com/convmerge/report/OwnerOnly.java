package com.convmerge.report;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and folders that nobody may read but the user that convmerge runs as, because they hold conversations, the words of the
 * people who asked, and what Intercom said: mode 0600 and 0700, whatever the umask. Where a file system knows no such modes, as
 * on Windows, its own rules decide.
 */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private OwnerOnly() {}

    /** Makes a folder and those above it. One that is there already stays as it is: others may have been let in on purpose. */
    public static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder, attributes(folder, FOLDER));
    }

    /** Makes the folder that a file is to be in. */
    public static void makeFolderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            makeFolder(folder);
        }
    }

    /** Makes an empty file. Throws {@link FileAlreadyExistsException} if there is one. */
    public static void makeFile(Path file) throws IOException {
        Files.createFile(file, attributes(file, FILE));
    }

    /** Makes an empty file, or shuts others out of the one that is there and leaves its content. */
    public static void makeFileIfMissing(Path file) throws IOException {
        try {
            makeFile(file);
        } catch (FileAlreadyExistsException e) {
            shutOthersOut(file);
        }
    }

    /** Shuts others out of a file that is there. A file of another user stays as that user wants it. */
    public static void shutOthersOut(Path file) {
        try {
            if (isPosix(file) && Files.isRegularFile(file)) {
                Files.setPosixFilePermissions(file, FILE);
            }
        } catch (IOException e) {
            // Only its owner can do it. A run does not fail for that.
        }
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
