package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token or a password that was given in the wrong place is not repeated by the message about it. */
class MistypedSecretsTest {
    private static final String TOKEN = "dG9rOmI4ODY3MGY1XzQ0MzBfNGU5OF85ZTRlXzA2ZjA=";
    private static final String KEY = "0123456789abcdef0123456789ABCDEF";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SECRET",
                "run SECRET",
                "run --SECRET",
                "run -SECRET",
                "run --intercom-access-token=SECRET",
                "run --limit SECRET",
                "run --until SECRET",
                "run --dry-run --at SECRET",
                "restart SECRET",
                "status --request=SECRET",
                "retries list --kind SECRET",
                "retries release SECRET",
                "sandbox --port SECRET",
                "help SECRET",
                "import SECRET",
                "import ./SECRET.csv",
                "status --convmerge.SECRET=1",
                "status --convmerge.concurrency=SECRET",
                "status --convmerge.closed-parent=SECRET",
                "status --convmerge.settle=SECRET",
                "status --convmerge.in-doubt.settle-time=SECRET",
                "run --convmerge.intercom.access-token=x --convmerge.intercom.region=SECRET",
                "run --convmerge.intercom.access-token=x --convmerge.intercom.base-url=SECRET",
                "run --convmerge.intercom.access-token=x --convmerge.intercom.base-url=http://SECRET",
                "run --convmerge.intercom.access-token=x --convmerge.note-template=SECRET",
                "status --spring.datasource.hikari.maximum-pool-size=SECRET",
                "status --spring.datasource.url=SECRET",
                "status --spring.datasource.url=jdbc:h2:mem:x;NO_SUCH=SECRET;PASSWORD=SECRET",
                "status --spring.datasource.url=jdbc:nosuch://mia:SECRET@localhost/x?password=SECRET"
            })
    void no_message_repeats_it(String command) {
        for (String secret : new String[] {TOKEN, KEY}) {
            Said said = CliRunner.in(directory)
                    .type(command.replace("SECRET", secret).split(" "));

            assertThat(said.exitCode()).as(said.err()).isEqualTo(2);
            assertThat(said.err()).startsWith("convmerge: ").hasLineCount(1);
            assertThat((said.out() + said.err()).toLowerCase(Locale.ROOT))
                    .doesNotContain(secret.toLowerCase(Locale.ROOT).substring(4, 20));
        }
    }

    @Test
    void a_broken_file_of_settings_is_told_without_the_lines_that_are_in_it() throws IOException {
        Path file = Files.writeString(
                directory.resolve("application.yml"), "convmerge:\n  intercom:\n    access-token: a: " + TOKEN + "\n");

        Said said = CliRunner.in(directory)
                .with("--spring.config.additional-location=" + file.toUri())
                .type("status");

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err())
                .isEqualTo(
                        "convmerge: the settings' file cannot be read: mapping values are not allowed here in line 3,"
                                + " column 20" + System.lineSeparator());
    }
}
