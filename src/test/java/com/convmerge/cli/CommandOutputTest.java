package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much the commands print, and what they say when nobody can read it, or when the program is told to end. */
class CommandOutputTest {
    @TempDir
    private Path directory;

    private Said type(String... command) {
        return CliRunner.in(directory).type(command);
    }

    @Test
    void completion_is_a_script_for_the_shells() throws IOException, InterruptedException {
        Said said = type("completion");
        assertThat(said.exitCode()).isZero();
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("--dry-run", "retries", "complete -F _complete_convmerge");
        assertThat(directory).as("no database is opened").isEmptyDirectory();
        Path script = Files.writeString(directory.resolve("completion"), said.out());
        Process shell = new ProcessBuilder("bash", "--norc", "-c", "source " + script + " && complete -p convmerge")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("_complete_convmerge convmerge");
        assertThat(shell.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "help", "run --help", "--version", "completion"})
    void an_answer_that_nobody_could_read_is_not_0(String command) {
        PrintStream full = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public boolean checkError() {
                return true;
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(full, new PrintStream(err, true, StandardCharsets.UTF_8), null);
        assertThat(Commands.execute(terminal, why -> {}, command.split(" "))).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("convmerge: the answer could not be printed in full")
                .hasLineCount(1);
    }

    @Test
    void what_fails_because_the_program_is_told_to_end_says_so() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                null);
        String[] command =
                CliRunner.in(directory).withSettings("status", "--spring.datasource.url=jdbc:h2:file:./x;NO=1");
        Commands.execute(terminal, new Commands.Surroundings(why -> {}, () -> true, directory), command);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("convmerge: the program was told to end (SIGTERM or Ctrl-C) before it was done"
                        + System.lineSeparator());
    }

    @Test
    void quiet_leaves_out_what_is_no_trouble_and_verbose_tells_more() {
        Said quiet = type("run", "--sandbox", "--limit", "1", "--quiet");
        assertThat(quiet.exitCode()).isEqualTo(3);
        assertThat(quiet.err()).isEmpty();
        assertThat(quiet.out()).contains("Run 1 finished in ");
        try (Program program = Program.start(directory, Map.of(), "run", "--sandbox", "--limit", "1", "--quiet")) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.err()).as("with what is logged").isEmpty();
        }
        // As on a screen, where a line of the log takes the place of the progress bar.
        Map<String, String> onScreen = Map.of("JAVA_TOOL_OPTIONS", "-D" + LogStart.WIPES + "=true");
        try (Program program = Program.start(directory, onScreen, "status", "--sandbox", "--verbose")) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.err()).containsPattern("\\r\u001b\\[K2.* INFO  the database is ");
        }
        assertThat(type("retries", "lsit", "--quiet").err()).as("errors").hasLineCount(1);
        assertThat(type("status", "-q", "--convmerge.tagg=x").err())
                .as("errors")
                .hasLineCount(1);
    }
}
