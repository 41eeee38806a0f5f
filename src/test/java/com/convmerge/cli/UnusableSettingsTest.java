package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Settings that cannot be used: one line names the setting and the expected value, and the exit code is 2. */
@ExtendWith(OutputCaptureExtension.class)
class UnusableSettingsTest {
    @TempDir
    private Path directory;

    private CliRunner shell() {
        return CliRunner.in(directory).with("--convmerge.intercom.access-token=t0p-s3cret");
    }

    @Test
    void without_a_token_the_run_names_the_variable_and_the_way_to_try_it_without() {
        for (String command : new String[] {"run", "restart"}) {
            Said said = CliRunner.in(directory).type(command);
            assertThat(said.exitCode()).isEqualTo(2);
            assertThat(said.out()).isEmpty();
            assertThat(said.err())
                    .startsWith("convmerge: no access token: set INTERCOM_ACCESS_TOKEN")
                    .contains("run --sandbox")
                    .hasLineCount(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--convmerge.intercom.base-url=http://intercom.example | INTERCOM_BASE_URL is plain http to intercom.example: the"
                        + " token would travel in clear; use https (plain http only goes to this machine)",
                "--convmerge.intercom.base-url=ftp://intercom.example  | INTERCOM_BASE_URL is not an address such as"
                        + " https://api.intercom.io",
                "--convmerge.intercom.region=mars    | INTERCOM_REGION is \"mars\"; expected us, eu or au",
                "--convmerge.intercom.tokken=x       | there is no setting convmerge.intercom.tokken: check its spelling",
                "--convmerge.intercom.call-timeout=a | the setting convmerge.intercom.call-timeout is \"a\"; expected a time such"
                        + " as 10s, 15m or 1h",
                "--convmerge.concurrency=many        | the setting convmerge.concurrency is \"many\"; expected a whole"
                        + " number",
                "--convmerge.closed-parent=open      | the setting convmerge.closed-parent is \"open\"; expected one of proceed,"
                        + " reopen, reject",
                "--convmerge.notify-parents=maybe    | the setting convmerge.notify-parents is \"maybe\"; expected true or false",
                "--convmerge.settle=2s,x             | the setting convmerge.settle is \"2s,x\"; expected a time such as 10s,"
                        + " 15m or 1h, or several with commas between them",
                "--spring.datasource.hikari.maximum-pool-size=x | the setting spring.datasource.hikari.maximum-pool-size is"
                        + " \"x\"; expected a whole number",
                "--logging.level.com.convmerge=loud  | the setting logging.level.com.convmerge is \"loud\"; expected one of"
                        + " trace, debug, info, warn, error, fatal, off",
                "--convmerge.concurrency=0           | convmerge.concurrency (CONVMERGE_CONCURRENCY) is 0; expected 1 to 256",
                "--convmerge.tag=                    | convmerge.tag (CONVMERGE_TAG) is empty; expected the name of a tag",
                "--convmerge.intercom.call-timeout=30 | the setting convmerge.intercom.call-timeout is 30, without a unit; expected"
                        + " a time such as 30s, 30m or 30h",
                "--convmerge.retries.backoff=5m,60   | the setting convmerge.retries.backoff is 60, without a unit; expected a"
                        + " time such as 60s, 60m or 60h",
                "--convmerge.tag=${NIGHTS_TAG}       | the setting convmerge.tag refers to NIGHTS_TAG, which is not set",
                "--convmerge.retries.backoff=-1h     | convmerge.retries.backoff has a negative time; expected times such as"
                        + " 15m,1h",
                "--convmerge.note-template=file:/nowhere | convmerge.note-template: the template file:/nowhere cannot be read;"
                        + " expected a file, such as file:/etc/convmerge/note.mustache",
            })
    void a_setting_that_cannot_be_used_is_named(String setting, String message) {
        assertThat(shell().with(setting).type("run"))
                .isEqualTo(new Said(2, "", "convmerge: " + message + System.lineSeparator()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "jdbc:postgresql://127.0.0.1:1/convmerge | Connection refused",
                "jdbc:h2:file:./data/x;NO_SUCH_SETTING=1 | Unsupported connection setting"
            })
    void a_database_that_cannot_be_reached_is_told_with_the_settings_to_check(String url, String why) {
        Said said = shell().with(
                        "--spring.datasource.url=" + url,
                        "--spring.datasource.hikari.connection-timeout=250",
                        "--spring.flyway.connect-retries=0")
                .type("status");
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .startsWith("convmerge: the database cannot be used: " + why)
                .contains(
                        "Check SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD",
                        "that the database is up")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"jdbc:mysql://ute:s3cret@db/d?password=s3cret, jdbc:mysql://…@db/d?…", "localhost:5432, localhost:5432"
    })
    void a_database_that_is_not_supported_is_told_with_those_that_are(String url, String shown) {
        Said said = shell().with("--spring.datasource.url=" + url).type("status");
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .startsWith(
                        "convmerge: the database cannot be used: spring.datasource.url (SPRING_DATASOURCE_URL) is \""
                                + shown
                                + "\", but convmerge works on PostgreSQL and H2 alone; expected jdbc:postgresql://")
                .hasLineCount(1);
    }

    /** Flyway, the pool and the driver print the URL at these levels. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://ute:s3cret@127.0.0.1:1/d",
                "jdbc:postgresql://127.0.0.1:1/d?user=ute&password=s3cret",
                "jdbc:h2:file:DIRECTORY/x;USER=ute;PASSWORD=s3cret"
            })
    void credentials_in_the_url_are_used_and_never_printed(String url, CapturedOutput output) throws IOException {
        Said said = shell().with(
                        "--spring.datasource.url=" + url.replace("DIRECTORY", directory.toString()),
                        "--logging.level.root=trace",
                        "--spring.datasource.hikari.connection-timeout=250")
                .type("status");
        assertThat(said.exitCode()).isEqualTo(url.startsWith("jdbc:h2:") ? 0 : 2);
        assertThat(output.getAll()).as("the log").contains("Hikari");
        assertThat((said.out() + said.err() + output.getAll()).contains("s3cret"))
                .as("whether the password was printed")
                .isFalse();
    }

    @Test
    void a_misspelt_setting_is_told_wherever_it_stands_and_nothing_is_done() throws IOException {
        Path file = Files.writeString(directory.resolve("night.yml"), "convmerge:\n  tagg: x\nconcurency: 3\n");
        assertThat(shell().with("--spring.config.additional-location=" + file.toUri())
                        .type("run"))
                .isEqualTo(new Said(
                        2,
                        "",
                        "convmerge: there is no setting convmerge.tagg (night.yml, line 2): did you mean convmerge.tag?;"
                                + " there is no setting concurency (night.yml, line 3): did you mean convmerge.concurrency?"
                                + System.lineSeparator()));
        Files.writeString(directory.resolve("application-night.properties"), "convmerge.reports.directory=x\n");
        assertThat(shell().with(
                                "--spring.config.additional-location=" + directory.toUri(),
                                "--spring.profiles.active=night")
                        .type("status")
                        .err())
                .contains("there is no setting convmerge.reports.directory (application-night.properties, line 1): did"
                        + " you mean convmerge.report.directory?");
        try (Program program = Program.start(directory, Map.of("CONVMERGE_TAGG", "x"), "status")) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.err())
                    .isEqualTo("convmerge: there is no setting CONVMERGE_TAGG: did you mean CONVMERGE_TAG?"
                            + System.lineSeparator());
        }
        assertThat(directory.resolve("data")).doesNotExist();
        assertThat(directory.resolve("convmerge.mv.db")).doesNotExist();
    }

    @Test
    void a_file_of_settings_that_cannot_be_read_is_told_in_one_line() throws IOException {
        Path file = Files.writeString(directory.resolve("application.yml"), "convmerge: a: b\n");
        Said said = shell().with("--spring.config.additional-location=" + file.toUri())
                .type("status");
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err())
                .startsWith("convmerge: the settings' file cannot be read: mapping values are not allowed here")
                .hasLineCount(1);
        Said missing = shell().with("--spring.config.additional-location=" + directory.toUri() + "none/")
                .type("status");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("none").hasLineCount(1);
    }
}
