package com.convmerge.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.store.fs.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the file of an embedded H2 needs before it is opened and after it is closed, and H2 does not do by itself. */
final class EmbeddedFile {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedFile.class);
    private static final String FACTS = """
            SELECT MAX(CASE WHEN setting_name = 'info.FILE_SIZE' THEN CAST(setting_value AS BIGINT) END) AS size,
                   MIN(CASE WHEN setting_name IN ('info.FILL_RATE', 'info.CHUNKS_FILL_RATE')
                            THEN CAST(setting_value AS INTEGER) END) AS fill_rate
              FROM information_schema.settings
            """;

    private static final long WORTH_IT = 64L << 20;
    private static final int HALF_FULL = 50;

    /** What is in the first block of a file that was closed. */
    private static final String CLOSED = ",clean:1";

    private static final int BLOCK = 4_096;

    private EmbeddedFile() {}

    /**
     * Finds the last commit in a file that a killed program has left, before H2 opens it. A file that was closed, or that is open in
     * another program, is left as it is, and so is one that H2 cannot read: it says so itself.
     *
     * <p>H2 would open it as it was some commits ago, if it had begun to use places in the file again ({@code RETENTION_TIME}, 45 s).
     * It finds the newest part of the file from a place in the header, and from where each part expects the next one. If that was wrong,
     * the header is written anew, but with the place of the part before (H2 2.5.252: {@code FileStore.storeBuffer} sets the last chunk
     * after {@code writeChunk} has written the header). Tags and closes were sent that the ledger did not know. In its recovery mode
     * H2 looks at the whole file.
     *
     * @param file as H2 calls it
     */
    static void recover(String file) {
        try {
            if (FileUtils.exists(file) && FileUtils.size(file) >= 2 * BLOCK && !isClosed(file)) {
                new MVStore.Builder().fileName(file).recoveryMode().open().close();
            }
        } catch (MVStoreException | IOException e) {
            log.debug("the file of the database was not recovered", e);
        }
    }

    private static boolean isClosed(String file) throws IOException {
        try (InputStream in = FileUtils.newInputStream(file)) {
            String head = new String(in.readNBytes(BLOCK), StandardCharsets.ISO_8859_1);
            // What is encrypted shows nothing.
            return !head.startsWith("H:") || head.contains(CLOSED);
        }
    }

    /**
     * Writes the file anew if it is large and half empty. A run writes each row several times, and H2 leaves the old places free: after a
     * million requests nine tenths of 2.8 GB were empty. Nobody else may have it open; if somebody has, it is left as it is. A kill
     * meanwhile leaves the old file.
     *
     * @param hold what is to be so while the file is written anew; it is asked for once the file is ours
     * @return whether it was written anew
     */
    static boolean compact(String url, String user, String password, Supplier<WatchedFolder> hold) {
        try (Connection connection = DriverManager.getConnection(url + ";IFEXISTS=TRUE", user, password);
                Statement statement = connection.createStatement()) {
            if (!isHalfEmpty(statement)) {
                return false;
            }
            return compact(statement, hold);
        } catch (SQLException e) {
            log.debug("the file of the database was not compacted", e);
            return false;
        }
    }

    private static boolean compact(Statement statement, Supplier<WatchedFolder> hold) throws SQLException {
        try (WatchedFolder held = hold.get()) {
            statement.execute("SHUTDOWN COMPACT");
            return true;
        }
    }

    private static boolean isHalfEmpty(Statement statement) throws SQLException {
        try (ResultSet facts = statement.executeQuery(FACTS)) {
            return facts.next() && facts.getLong("size") > WORTH_IT && facts.getInt("fill_rate") < HALF_FULL;
        }
    }
}
