package com.convmerge.cli;

import com.convmerge.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Types commands as an operator does, with the database and the reports in one directory. */
final class CliRunner {
    private static byte[] tables = {};

    private final Path directory;
    private final List<String> settings;

    private CliRunner(Path directory, List<String> settings) {
        this.directory = directory;
        this.settings = settings;
    }

    /** What a command said, and how it ended. */
    record Said(int exitCode, String out, String err) {}

    /** Nothing of the environment in which the tests run shows through. */
    static CliRunner in(Path directory) {
        Path database = directory.resolve("convmerge");
        return new CliRunner(
                directory,
                List.of(
                        "--spring.datasource.url=jdbc:h2:file:" + database + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                        "--convmerge.report.directory=" + directory.resolve("reports"),
                        "--convmerge.intercom.region=us",
                        "--convmerge.intercom.base-url=",
                        "--convmerge.intercom.access-token="));
    }

    /** Talks to this sandbox instead of Intercom. */
    CliRunner withSandbox(Sandbox sandbox, String token) {
        return with(
                "--convmerge.intercom.base-url=" + sandbox.url(),
                "--convmerge.intercom.access-token=" + token,
                "--convmerge.intercom.tries=1",
                "--convmerge.settle=1ms");
    }

    /** With these settings, which replace others of their name. */
    CliRunner with(String... more) {
        return new CliRunner(directory, List.of(new Settings(settings, List.of()).with(more)));
    }

    Said type(String... command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        int exitCode = Commands.execute(terminal, withSettings(command));
        return new Said(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The command with this shell's settings behind it, for another process. */
    String[] withSettings(String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(settings);
        return all.toArray(String[]::new);
    }

    /** Makes the tables as the first command would; from a copy, as that takes its time. */
    CliRunner makeTables() {
        Path file = directory.resolve("convmerge.mv.db");
        try {
            synchronized (CliRunner.class) {
                if (tables.length == 0) {
                    type("status");
                    tables = Files.readAllBytes(file);
                } else {
                    Files.write(file, tables);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Puts requests into the input table. */
    void ask(String parent, String... duplicates) {
        sql(Stream.of(duplicates)
                .map(duplicate -> "INSERT INTO merge_request (parent_conversation_id, duplicate_conversation_id)"
                        + " VALUES ('" + parent + "', '" + duplicate + "')")
                .toArray(String[]::new));
    }

    void sql(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of the first row. */
    String select(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("convmerge"));
    }
}
