package com.convmerge.testing;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A file system for H2 that knows what would be left after a power cut. Beside each file it keeps another one as the disk would
 * hold it, into which everything gets that is written before the operating system is told to put it on the disk, and nothing
 * before that.
 */
public final class PowerCut {
    private static final String SCHEME = "powercut";
    private static final String DISK = ".disk";

    private PowerCut() {}

    /** Makes the file system known to H2, for this JVM. */
    public static void register() {
        FilePath.register(new Paths());
    }

    /** The URL of a database on this file system. */
    public static String url(Path database) {
        return "jdbc:h2:" + SCHEME + ":" + database + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }

    /** A new database that has only what the disk holds of {@code database} at this moment. */
    public static Database afterCut(Path database, Path copy) {
        try {
            Files.copy(disk(file(database)), file(copy));
            return Databases.at("jdbc:h2:file:" + copy, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves of the database, which no process has open, only what the disk holds. */
    public static void cut(Path database) {
        try {
            Files.copy(disk(file(database)), file(database), REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(Path database) {
        return Path.of(database + ".mv.db");
    }

    private static Path disk(Path file) {
        return Path.of(file + DISK);
    }

    /** H2 makes one for each path. */
    public static final class Paths extends FilePathWrapper {
        @Override
        public String getScheme() {
            return SCHEME;
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            return new Channel(super.open(mode), Path.of(getBase().toString()));
        }
    }

    private static final class Channel extends FileBaseDefault {
        private final FileChannel base;
        private final Path file;

        Channel(FileChannel base, Path file) {
            this.base = base;
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return base.size();
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return base.read(into, position);
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            return base.write(from, position);
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            base.truncate(size);
        }

        /** The image changes at once, as if no cut could come within. A cut within leaves what was on the disk before. */
        @Override
        public synchronized void force(boolean metaData) throws IOException {
            Path next = Path.of(disk(file) + ".next");
            Files.copy(file, next, REPLACE_EXISTING);
            Files.move(next, disk(file), ATOMIC_MOVE, REPLACE_EXISTING);
        }

        @Override
        public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return base.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            base.close();
        }
    }
}
