package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of an embedded H2 as a kill leaves it: a copy of the file of an open database is the same, byte by byte. */
class KilledFileTest {
    private static final int COMMITS = 24;

    @TempDir
    private Path directory;

    /**
     * H2 alone opens about half of these copies without their last commits: see {@link EmbeddedFile#recover}. It writes to a place again
     * at once here, and not only after 45 s.
     */
    @Test
    void every_commit_of_a_killed_program_is_there_though_places_in_the_file_were_used_again() throws Exception {
        Random lengths = new Random(1);
        try (Connection night = open("night", ";WRITE_DELAY=0;RETENTION_TIME=0");
                Statement statement = night.createStatement()) {
            statement.execute("CREATE TABLE sent (id INTEGER PRIMARY KEY, text VARCHAR)");
            for (int commit = 1; commit <= COMMITS; commit++) {
                statement.execute(
                        "INSERT INTO sent VALUES (" + commit + ", '" + "x".repeat(lengths.nextInt(3_000)) + "')");
                statement.execute("CHECKPOINT SYNC");

                assertThat(sentInCopy()).as("operations that were sent").isEqualTo(commit);
            }
        }
    }

    @Test
    void what_is_open_or_closed_or_no_database_is_left_as_it_is() throws Exception {
        Path open = directory.resolve("night.mv.db");
        try (Connection night = open("night", "");
                Statement statement = night.createStatement()) {
            statement.execute("CREATE TABLE sent AS SELECT x FROM SYSTEM_RANGE(1, 100)");
            statement.execute("CHECKPOINT SYNC");
            byte[] before = Files.readAllBytes(open);
            EmbeddedFile.recover(open.toString());
            assertThat(open).as("in use by another").hasBinaryContent(before);
        }
        byte[] closed = Files.readAllBytes(open);
        EmbeddedFile.recover(open.toString());
        assertThat(open).as("closed").hasBinaryContent(closed);

        Path text = Files.writeString(
                directory.resolve("text.mv.db"), "H:2 no more ".repeat(1_000), StandardCharsets.UTF_8);
        byte[] before = Files.readAllBytes(text);
        EmbeddedFile.recover(text.toString());
        assertThat(text).as("not H2's").hasBinaryContent(before);

        EmbeddedFile.recover(directory.resolve("none.mv.db").toString());
        assertThat(directory.resolve("none.mv.db")).doesNotExist();
    }

    private int sentInCopy() throws Exception {
        Path copy = directory.resolve("copy.mv.db");
        Files.copy(directory.resolve("night.mv.db"), copy, StandardCopyOption.REPLACE_EXISTING);
        EmbeddedFile.recover(copy.toString());
        try (Connection connection = open("copy", "");
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM sent")) {
            count.next();
            return count.getInt(1);
        }
    }

    /** Without the little compaction of H2 itself, which takes a fifth of a second at each close. */
    private Connection open(String name, String settings) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:h2:file:" + directory.resolve(name) + ";MAX_COMPACT_TIME=0" + settings, "", "");
    }
}
