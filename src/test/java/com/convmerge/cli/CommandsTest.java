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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The help, and the messages for wrong usage, for which no database is opened. */
class CommandsTest {
    @TempDir
    private Path directory;

    private Said type(String... command) {
        return CliRunner.in(directory).type(command);
    }

    @Test
    void help_lists_the_commands_and_the_exit_codes() {
        Said said = type("--help");
        assertThat(said.exitCode()).isZero();
        assertThat(said.err()).isEmpty();
        assertThat(said.out())
                .contains("Usage: convmerge", "run", "restart", "stop", "status", "retries", "report", "sandbox")
                .contains("INTERCOM_ACCESS_TOKEN", "SPRING_DATASOURCE_URL")
                .contains(
                        "0 all merged",
                        "1 the run failed",
                        "2 wrong usage",
                        "3 some requests",
                        "4 stopped",
                        "5 another");
        assertThat(said.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(type("help")).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run          | --limit=N, --until=HH:MM, --sandbox, --exit-zero",
                "restart      | RUN, --sandbox",
                "stop         | Needs no token",
                "status       | --json, --request=ID, --sandbox, --quiet, --verbose",
                "retries      | list, release, drop",
                "retries list | --sandbox, --limit=N, --kind=KIND, --code=CODE, --json",
                "retries release | --all, REQUEST_ID",
                "retries drop | --all, --reason=TEXT, REQUEST_ID",
                "report       | RUN, --sandbox",
                "sandbox      | --port=P, --quiet, --verbose",
                "completion   | bash"
            })
    void each_command_explains_itself(String command, String options) {
        Said said = type((command + " --help").split(" "));
        assertThat(said.exitCode()).isZero();
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).startsWith("Usage: convmerge " + command).contains(options.split(", "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "run -V", "retries list --version"})
    void each_command_tells_the_version(String command) {
        assertThat(type(command.split(" "))).isEqualTo(new Said(0, "convmerge (not packaged)" + nl(), ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                | which command? run, restart, stop, status, import, retries, undo, report, sandbox or completion; see: convmerge --help",
                "nightly           | Unmatched argument at index 0: 'nightly'; see: convmerge --help",
                "run --fast        | Unknown option: '--fast'; see: convmerge run --help",
                "run 7             | Unmatched argument at index 1: '7'; see: convmerge run --help",
                "run --limit few   | Invalid value for option '--limit': expected a whole number but was 'few'; see: convmerge run --help",
                "run --limit       | Missing required parameter for option '--limit' (N); see: convmerge run --help",
                "run --limit 0     | --limit is 0; expected 1 or more",
                "restart last      | Invalid value for positional parameter at index 0 (RUN): expected a whole number but"
                        + " was 'last'; see: convmerge restart --help",
                "retries           | which command? retries list, release or drop; see: convmerge retries --help",
                "retries list --limit 0 | --limit is 0; expected 1 or more",
                "retries release        | which requests? Give ids, --kind, --code or --all",
                "retries release 1 --all | --all goes without ids, --kind and --code",
                "retries drop 1         | Missing required option: '--reason=TEXT'; see: convmerge retries drop --help",
                "run --until late       | Invalid value for option '--until': expected a time of day such as 06:00 but was"
                        + " 'late'; see: convmerge run --help",
                "status --convmerge.concurency=3 | there is no setting convmerge.concurency: did you mean"
                        + " convmerge.concurrency?",
                "statsu            | Unmatched argument at index 0: 'statsu'; did you mean status?; see: convmerge --help",
                "retries lsit      | Unmatched argument at index 1: 'lsit'; did you mean list?; see: convmerge retries --help",
                "run --snadbox     | Unknown option: '--snadbox'; did you mean --sandbox?; see: convmerge run --help",
                "run --dryrun=1    | Unknown option: '--dryrun=1'; did you mean --dry-run?; see: convmerge run --help",
                "run -limit        | Unknown option: '-limit'; did you mean --limit?; see: convmerge run --help",
                "run --limit 99999999999999999999 | Invalid value for option '--limit': expected a whole number but was"
                        + " '99999999999999999999'; see: convmerge run --help",
                "retries list --kind lost | Invalid value for option '--kind': expected NOT_SENT, IN_DOUBT, NOT_FOUND or"
                        + " REFUSED but was 'lost'; see: convmerge retries list --help",
                "status --quiet --verbose | --quiet goes without --verbose",
                "sandbox --port 70000   | --port is 70000; expected 0 to 65535",
                "sandbox --port http    | Invalid value for option '--port': expected a whole number but was 'http';"
                        + " see: convmerge sandbox --help"
            })
    void wrong_usage_is_told_in_one_line_that_says_where_help_is(String command, String message) {
        Said said = type(command.isEmpty() ? new String[0] : command.split(" "));
        assertThat(said).isEqualTo(new Said(2, "", "convmerge: " + message + nl()));
        assertThat(directory).as("nothing was done").isEmptyDirectory();
    }

    @Test
    void no_message_about_arguments_has_the_words_of_java() {
        for (String command : List.of(
                "status --request x",
                "restart 1.5",
                "report -- -",
                "retries release x",
                "retries list --limit x",
                "run --until 25:00",
                "run --dry-run --at noon",
                "run --limit=")) {
            Said said = type(command.split(" "));
            assertThat(said.exitCode()).as(command).isEqualTo(2);
            assertThat(said.err())
                    .as(command)
                    .hasLineCount(1)
                    .doesNotContainPattern("java\\.|Exception|is not an? (long|int)|For input|enum constant");
        }
        assertThat(type("run", "--dry-run", "--out", "a\0b").err())
                .contains("Invalid value for option '--out': expected the name of a file");
    }

    @Test
    void a_line_break_in_an_argument_does_not_break_the_line() {
        assertThat(type("run\nrm").err())
                .isEqualTo("convmerge: Unmatched argument at index 0: 'run rm'; see: convmerge --help" + nl());
    }

    private static String nl() {
        return System.lineSeparator();
    }

    @Test
    void too_little_memory_is_said_in_one_line() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8) {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                throw new OutOfMemoryError("Java heap space");
            }
        };

        int exitCode = Commands.execute(
                new Terminal(out, new PrintStream(err, true, StandardCharsets.UTF_8), null),
                why -> {},
                "sandbox",
                "--port=0");

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("convmerge: out of memory (Java heap space): give it more, such as java -Xmx2g -jar"
                        + " convmerge.jar ..." + System.lineSeparator());
    }

    @Test
    void the_instruction_for_a_fault_of_our_own_prints_its_stack_trace() throws IOException {
        PrintStream broken = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8) {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                throw new IllegalArgumentException("one\nFORGED");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(broken, new PrintStream(err, true, StandardCharsets.UTF_8), null);
        Path log = directory.resolve("log");
        forgetTheLog();
        try {
            String[] plain = CliRunner.in(directory).withSettings("status", "--logging.file.name=" + log);
            assertThat(Commands.execute(terminal, why -> {}, plain)).isEqualTo(1);
            assertThat(log).isEmptyFile();
            String message = err.toString(StandardCharsets.UTF_8);
            assertThat(message).hasLineCount(1).contains("a fault of convmerge's own: ");
            String instruction =
                    message.replaceFirst("(?s).* prints with: ", "").strip();

            forgetTheLog();
            String[] again = Arrays.copyOf(plain, plain.length + 2);
            System.arraycopy(instruction.split(" "), 0, again, plain.length, 2);
            assertThat(Commands.execute(terminal, why -> {}, again)).isEqualTo(1);
        } finally {
            forgetTheLog();
        }
        assertThat(Files.readString(log))
                .contains("what ended the command", "IllegalArgumentException", "    \tat com.convmerge.cli.")
                .doesNotContainPattern("(?m)^FORGED");
    }

    /** Spring Boot keeps the log's settings in properties of the process, and the first value of one wins. */
    private static void forgetTheLog() {
        System.clearProperty("LOG_FILE");
        System.clearProperty("LOG_EXCEPTION_CONVERSION_WORD");
    }

    @Test
    void a_log_that_cannot_be_set_up_is_wrong_configuration() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Said said;
        try {
            said = type("status", "--logging.file.name=" + file + "/log");
        } finally {
            forgetTheLog();
        }
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err())
                .startsWith("convmerge: the log cannot be set up: ")
                .contains("LogFile[FILE]")
                .hasLineCount(1);
    }
}
