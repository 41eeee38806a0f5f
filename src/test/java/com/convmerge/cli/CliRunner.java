package com.convmerge.cli;

import com.convmerge.sandbox.Sandbox;
import com.convmerge.testing.RequestTable;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Executes commands in this JVM, with the database and the reports in one directory. */
final class CliRunner {
    private static byte[] tables = {};

    private final Path directory;
    private final List<String> settings;

    private CliRunner(Path directory, List<String> settings) {
        this.directory = directory;
        this.settings = settings;
    }

    /** The output of a command and its exit code. */
    record Said(int exitCode, String out, String err) {}

    /** With settings that override the environment variables of the machine on which the tests run. */
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

    /** The same with this sandbox in place of Intercom. */
    CliRunner withSandbox(Sandbox sandbox, String token) {
        return with(
                "--convmerge.intercom.base-url=" + sandbox.url(),
                "--convmerge.intercom.access-token=" + token,
                "--convmerge.intercom.tries=1",
                "--convmerge.settle=1ms",
                "--convmerge.in-doubt.settle-time=50ms");
    }

    /** The same with these settings, which replace those of the same name. */
    CliRunner with(String... more) {
        return new CliRunner(directory, List.of(new Arguments(settings, List.of()).with(more)));
    }

    Said type(String... command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                null);
        Commands.Surroundings around = new Commands.Surroundings(why -> {}, () -> false, directory);
        int exitCode = Commands.execute(terminal, around, withSettings(command));
        return new Said(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The arguments of the command, followed by the settings of this runner; also for another process. */
    String[] withSettings(String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(settings);
        return all.toArray(String[]::new);
    }

    /** Creates the tables as the first command does. All but the first call copy a database file, which is faster. */
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

    /** Inserts requests into the input table. */
    void ask(String parent, String... duplicates) {
        try (Connection connection = connect()) {
            RequestTable requests =
                    new RequestTable(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
            Stream.of(duplicates).forEach(duplicate -> requests.add(parent, duplicate));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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

    /** The first column of the first row that the query returns. */
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
