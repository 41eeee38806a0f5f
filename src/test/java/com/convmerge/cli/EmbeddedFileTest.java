package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFileTest {
    @TempDir
    private Path directory;

    private final Queue<String> held = new ConcurrentLinkedQueue<>();
    private String url = "";

    @BeforeEach
    void setUp() {
        url = "jdbc:h2:file:" + directory.resolve("night") + ";WRITE_DELAY=0";
    }

    @Test
    void a_large_file_that_is_mostly_empty_becomes_small_and_keeps_what_is_in_it() throws Exception {
        sql(
                "CREATE TABLE gone (text VARCHAR)",
                "INSERT INTO gone SELECT REPEAT(RANDOM_UUID(), 200) FROM SYSTEM_RANGE(1, 12000)",
                "CREATE TABLE kept AS SELECT x FROM SYSTEM_RANGE(1, 1000)",
                "DROP TABLE gone");
        Path file = directory.resolve("night.mv.db");
        long before = Files.size(file);
        assertThat(before).isGreaterThan(64L << 20);

        assertThat(compact()).isTrue();

        assertThat(Files.size(file)).isLessThan(before / 10);
        try (Connection connection = DriverManager.getConnection(url, "", "");
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM kept")) {
            count.next();
            assertThat(count.getInt(1)).isEqualTo(1_000);
        }
        assertThat(held)
                .as("what was so while it was written anew")
                .startsWith("looked at")
                .endsWith("looked at", "given back");
        held.clear();
        assertThat(compact()).as("once more").isFalse();
        assertThat(held).isEmpty();
    }

    @Test
    void a_small_file_and_a_missing_one_are_left_as_they_are() throws Exception {
        assertThat(compact()).isFalse();
        assertThat(directory).isEmptyDirectory();
        sql("CREATE TABLE kept AS SELECT x FROM SYSTEM_RANGE(1, 1000)");
        assertThat(compact()).isFalse();
    }

    private boolean compact() {
        return EmbeddedFile.compact(
                url, "", "", () -> new WatchedFolder(() -> held.add("looked at"), () -> held.add("given back")));
    }

    /** Without the little compaction of H2 itself, which takes a fifth of a second at each close. */
    private void sql(String... statements) throws Exception {
        try (Connection connection = DriverManager.getConnection(url + ";MAX_COMPACT_TIME=0", "", "");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
