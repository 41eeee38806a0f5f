package com.convmerge.cli;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the file of an embedded H2 small again. A run writes each row several times, and H2 leaves the old places free: after a million
 * requests nine tenths of 2.8 GB were empty.
 */
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

    private EmbeddedFile() {}

    /**
     * Writes the file anew if it is large and half empty. Nobody else may have it open; if somebody has, it is left as it is. A kill
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
