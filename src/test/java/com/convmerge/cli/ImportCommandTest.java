package com.convmerge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output and the exit codes of {@code import}, on the embedded database as the program opens it. */
class ImportCommandTest {
    private static final String UNDERSTOOD = "Understood as: UTF-8, separated by \",\", header in line 1;"
            + " parent from \"parent\", duplicate from \"duplicate\".";
    private static final String TWO = "parent,duplicate,notes\n10,20,x\n10,21,y\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void a_file_is_added_once_and_told() throws IOException {
        assertThat(importing(file(TWO))).isZero();
        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        UNDERSTOOD, "Import 1: added 2 requests; 0 were there already.", "Ignored columns: notes.");

        out.reset();
        assertThat(importing(file(TWO + "10,22,z\n"))).isZero();
        assertThat(out.toString(UTF_8).lines()).contains("Import 2: added 1 request; 2 were there already.");
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void a_faulty_file_is_told_line_by_line_and_nothing_of_it_is_added() throws IOException {
        Path faulty = file("parent,duplicate\n10,20\n10,last\n11,\n");

        assertThat(importing(faulty)).isEqualTo(2);
        assertThat(err.toString(UTF_8).lines())
                .containsExactly(
                        "convmerge: " + faulty + " has 2 faults; nothing was added",
                        "line 3: duplicate is \"last\"; expected 1 to 18 digits without a leading zero",
                        "line 4: duplicate is empty",
                        UNDERSTOOD);
        assertThat(out.toString(UTF_8)).isEmpty();

        importing(file("parent,duplicate\n10,20\n"));
        assertThat(out.toString(UTF_8).lines())
                .containsExactly(UNDERSTOOD, "Import 1: added 1 request; 0 were there already.");
    }

    @Test
    void a_dash_reads_standard_input() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(TWO.getBytes(UTF_8)));
        try {
            assertThat(execute("import", "-")).isZero();
        } finally {
            System.setIn(before);
        }
        assertThat(out.toString(UTF_8)).contains("Import 1: added 2 requests");
    }

    @Test
    void what_another_program_writes_into_a_pipe_is_read_like_a_file() throws IOException, InterruptedException {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process writer = new ProcessBuilder("sh", "-c", "printf 'parent,duplicate\\n10,20\\n' > " + pipe).start();

        assertThat(importing(pipe)).as(err.toString(UTF_8)).isZero();

        assertThat(writer.waitFor()).isZero();
        assertThat(out.toString(UTF_8)).contains("Import 1: added 1 request;");
    }

    @Test
    void a_workbook_is_read_from_a_pipe_too() throws IOException, InterruptedException {
        Path pipe = directory.resolve("pipe");
        Path file = directory.resolve("20-links.xlsx");
        try (InputStream sample = getClass().getResourceAsStream("/import/20-links.xlsx")) {
            Files.copy(Objects.requireNonNull(sample), file);
        }
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process writer = new ProcessBuilder("sh", "-c", "cat " + file + " > " + pipe).start();

        assertThat(importing(pipe)).as(err.toString(UTF_8)).isZero();

        assertThat(writer.waitFor()).isZero();
        assertThat(out.toString(UTF_8)).contains("Understood as: Excel (.xlsx)", "Import 1: added ");
    }

    @Test
    void a_file_with_a_header_only_is_told() throws IOException {
        assertThat(importing(file("parent,duplicate\n\n,\n"))).isZero();
        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        UNDERSTOOD, "Import 1: nothing was added, because the file has a header and no row below it.");
    }

    @Test
    void an_answer_that_could_not_be_printed_is_not_0_and_the_requests_are_added() throws IOException {
        PrintStream full = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8) {
            @Override
            public boolean checkError() {
                return true;
            }
        };

        assertThat(execute(full, "import", file(TWO).toString())).isEqualTo(1);

        assertThat(err.toString(UTF_8))
                .startsWith("convmerge: the answer could not be printed in full")
                .endsWith("what the command did is done" + System.lineSeparator())
                .hasLineCount(1);
        assertThat(importing(file(TWO))).isZero();
        assertThat(out.toString(UTF_8)).contains("added 0 requests; 2 were there already.");
    }

    @Test
    void a_file_that_is_not_there_is_told_in_one_line() {
        Path missing = directory.resolve("requests.csv");

        assertThat(importing(missing)).isEqualTo(2);
        assertThat(err.toString(UTF_8).lines()).containsExactly("convmerge: there is no file " + missing);
    }

    @Test
    void a_directory_is_told_in_one_line() {
        assertThat(importing(directory)).isEqualTo(2);
        assertThat(err.toString(UTF_8).lines())
                .containsExactly("convmerge: " + directory + " is a directory; expected a file");
    }

    @Test
    void an_empty_file_is_told_in_one_line() throws IOException {
        Path empty = file("");

        assertThat(importing(empty)).isEqualTo(2);
        assertThat(err.toString(UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("convmerge: " + empty + " is empty; expected a header line with parent,duplicate");
    }

    @Test
    void without_a_file_it_says_that_one_is_needed() {
        assertThat(execute("import")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("FILE").contains("convmerge import --help");
    }

    @Test
    void a_database_that_another_program_has_open_is_told_in_one_line() throws IOException {
        Path database = directory.resolve("night.mv.db");
        try (FileChannel other = FileChannel.open(database, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = other.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(importing(file(TWO))).isEqualTo(5);
        }
        assertThat(err.toString(UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("convmerge: the embedded database is in use by another program");
    }

    @Test
    void it_is_among_the_commands() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("which command?").contains(" import,");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("requests.csv"), text);
    }

    private int importing(Path file) {
        return execute("import", file.toString());
    }

    private int execute(String... args) {
        return execute(new PrintStream(out, true, UTF_8), args);
    }

    private int execute(PrintStream to, String... args) {
        List<String> all = new ArrayList<>(Arrays.asList(args));
        all.add("--spring.datasource.url=jdbc:h2:file:" + directory.resolve("night")
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        Terminal terminal = new Terminal(to, new PrintStream(err, true, UTF_8), null);
        return Commands.execute(terminal, why -> {}, all.toArray(String[]::new));
    }
}
