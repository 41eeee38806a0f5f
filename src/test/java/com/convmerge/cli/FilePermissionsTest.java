package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read what convmerge writes: the user it runs as, and nobody else. */
class FilePermissionsTest {
    @TempDir
    private Path directory;

    @AfterEach
    void forgetTheLogFile() {
        // Spring Boot sets it for the process, in which further tests run.
        System.clearProperty("LOG_FILE");
    }

    @Test
    void all_that_a_run_makes_is_its_owners_while_it_runs_and_after() throws IOException {
        Path data = directory.resolve("data");
        Map<String, String> during = new ConcurrentHashMap<>();
        try (Sandbox intercom = Sandbox.builder()
                .onCall(call -> during.putAll(permissions(data)))
                .start()) {
            intercom.workspace().addConversation("100");
            intercom.workspace().addConversation("101");
            CliRunner shell = CliRunner.in(data).withSandbox(intercom, Sandbox.TOKEN);
            assertThat(shell.type("status").exitCode()).isZero();
            shell.ask("100", "101", "102");
            Files.setPosixFilePermissions(
                    data.resolve("convmerge.mv.db"), PosixFilePermissions.fromString("rw-r--r--"));

            shell.with("--logging.file.name=" + data.resolve("logs/night.log")).type("run");
            assertThat(shell.type(
                                    "run",
                                    "--dry-run",
                                    "--out",
                                    data.resolve("plan.csv").toString())
                            .exitCode())
                    .isZero();
        }
        assertThat(permissions(directory)).containsEntry("data", "rwx------");
        assertThat(permissions(data))
                .containsOnlyKeys(
                        "convmerge.mv.db", "plan.csv", "logs", "logs/night.log", "reports", "reports/run-1.txt");
        assertThat(during).containsKeys("convmerge.mv.db", "convmerge.pid", "logs/night.log");
        assertThat(List.of(permissions(data), during))
                .allSatisfy(files -> files.forEach((file, permissions) -> assertThat(permissions)
                        .as(file)
                        .isEqualTo(file.matches("logs|reports") ? "rwx------" : "rw-------")));
    }

    @Test
    void in_a_folder_of_the_operators_the_files_of_the_database_are_closed_and_the_rest_stays() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String file : new String[] {"convmerge.trace.db", "other.txt"}) {
            Files.setPosixFilePermissions(
                    Files.writeString(directory.resolve(file), "old"), PosixFilePermissions.fromString("rw-r--r--"));
        }

        CliRunner.in(directory)
                .with("--spring.datasource.url=jdbc:h2:" + directory.resolve("convmerge"))
                .type("status");

        assertThat(permissions(directory))
                .containsEntry("convmerge.mv.db", "rw-------")
                .containsEntry("convmerge.trace.db", "rw-------")
                .containsEntry("other.txt", "rw-r--r--");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwxr-xr-x");
    }

    private static Map<String, String> permissions(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !file.equals(folder) && !file.toString().endsWith(".part"))
                    .collect(Collectors.toMap(file -> folder.relativize(file).toString(), FilePermissionsTest::of));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String of(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
