package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox writes to its own folder and nowhere else, whatever is configured, and its night can be looked at. */
class SandboxFolderTest {
    @TempDir
    private Path directory;

    private Path file(String name, String... lines) throws IOException {
        return Files.write(directory.resolve(name), List.of(lines));
    }

    private List<String> written() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(found -> directory.relativize(found).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void nothing_that_is_configured_leads_it_elsewhere() throws IOException {
        Path settings = file(
                "settings.yml",
                "convmerge.report.directory: " + directory.resolve("reports"),
                "logging.file.name: " + directory.resolve("log"),
                "spring.flyway.enabled: false",
                "spring.datasource:",
                "  username: joe",
                "  driver-class-name: org.postgresql.Driver",
                "  hikari:",
                "    data-source-class-name: org.postgresql.ds.PGSimpleDataSource",
                "    schema: elsewhere");
        CliRunner shell = CliRunner.in(directory)
                .with(
                        "--spring.config.additional-location=" + settings.toUri(),
                        "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/real",
                        "--spring.flyway.default-schema=elsewhere",
                        "--logging.file.path=" + directory);

        Said run = shell.type("run", "--sandbox", "--limit", "3");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.err())
                .contains("Its database and its reports are in " + directory.resolve("data/sandbox")
                        + ", whatever is configured; your own are not touched.");
        assertThat(written())
                .containsExactly(
                        "data/sandbox/convmerge.mv.db",
                        "data/sandbox/intercom.journal",
                        "data/sandbox/reports/run-1.txt",
                        "settings.yml");
        assertThat(shell.type("status", "--sandbox").out()).contains("        290  PENDING", "          3  MERGED");
        assertThat(shell.type("restart", "--sandbox").err())
                .contains("convmerge: run 1 is complete: there is nothing to restart");
    }

    @Test
    void the_real_tables_and_reports_stay_as_they_are() throws IOException {
        CliRunner shell = CliRunner.in(directory).makeTables();
        shell.ask("1", "2");
        Files.createDirectory(directory.resolve("reports"));
        file("reports/run-1.txt", "the real one");

        assertThat(shell.type("run", "--sandbox", "--limit", "1").exitCode()).isEqualTo(3);

        assertThat(shell.select("SELECT COUNT(*) FROM merge_request")).isEqualTo("1");
        assertThat(shell.select("SELECT COUNT(*) FROM merge_workspace")).isEqualTo("0");
        assertThat(Files.readString(directory.resolve("reports/run-1.txt"))).startsWith("the real one");
        assertThat(shell.type("status").out()).contains("          1  PENDING");
    }

    @Test
    void neither_does_the_environment_lead_it_elsewhere() throws IOException {
        Map<String, String> environment = Map.of(
                "SPRING_DATASOURCE_URL",
                "jdbc:mysql://real/real",
                "SPRING_DATASOURCE_HIKARI_JDBCURL",
                "jdbc:h2:mem:real",
                "SPRING_APPLICATION_JSON",
                "{\"spring.datasource.username\":\"joe\"}",
                "LOGGING_FILE_NAME",
                directory.resolve("log").toString(),
                "LOG_FILE",
                directory.resolve("log").toString(),
                "CONVMERGE_REPORT_DIRECTORY",
                directory.resolve("reports").toString());
        try (Program program = Program.start(directory, environment, "status", "--sandbox", "--verbose")) {
            assertThat(program.exitCode()).as(program.err()).isZero();
            assertThat(program.out()).contains("No run yet.");
            assertThat(program.err()).contains("the database is jdbc:h2:file:./data/sandbox/convmerge;");
        }
        assertThat(written())
                .filteredOn(name -> !name.startsWith("program"))
                .containsExactly("data/sandbox/convmerge.mv.db");
    }

    @Test
    void a_note_of_the_operators_own_is_tried_out_there() throws IOException {
        Path template = file("note.mustache", "Tried out with {{parent}}");
        Said said = CliRunner.in(directory)
                .with("--convmerge.note-template=" + template.toUri())
                .type("run", "--sandbox", "--dry-run", "--limit", "1");
        assertThat(said.out()).contains("Tried out with 215470001001");
    }
}
