package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.sandbox.SandboxSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox of one command has the conversations that the one before it has left. */
class SandboxMemoryTest {
    @TempDir
    private Path directory;

    private Said type(String... command) {
        return CliRunner.in(directory).type(command);
    }

    private Path folder() {
        return directory.resolve("data/sandbox");
    }

    private Path journal() {
        return folder().resolve("intercom.journal");
    }

    /** The conversations in which a night has written, as the next start will have them. */
    private List<ConversationView> merged() throws IOException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            sandbox.keepIn(Files.copy(journal(), directory.resolve("copy")), SandboxSample::fill);
            return sandbox.workspace().conversations().stream()
                    .filter(conversation -> !conversation.notes().isEmpty() && conversation.closes() == 1)
                    .toList();
        } finally {
            Files.delete(directory.resolve("copy"));
        }
    }

    @Test
    void a_night_is_there_at_the_next_start_and_the_next_one_is_added() throws IOException {
        type("run", "--sandbox", "--limit", "1");
        List<ConversationView> first = merged();
        assertThat(first).hasSize(1);
        assertThat(first.get(0).tagNames()).contains(SandboxSample.TAG);

        Said second = type("run", "--sandbox", "--limit", "2");

        assertThat(second.err()).doesNotContain("anew");
        assertThat(merged()).hasSize(3).containsAll(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journal())))
                .isEqualTo("rw-------");
    }

    @Test
    void without_its_database_the_memory_is_dropped_and_that_is_said() throws IOException {
        type("run", "--sandbox", "--limit", "1");
        Files.delete(folder().resolve("convmerge.mv.db"));

        Said said = type("run", "--sandbox", "--limit", "1");

        assertThat(said.err())
                .contains("convmerge: the sandbox begins anew: its database knows of no run, so that " + journal()
                        + ", which kept what was done to the conversations before, was deleted");
        assertThat(merged()).as("one night's").hasSize(1);
        assertThat(type("run", "--sandbox", "--limit", "1").err()).doesNotContain("anew");
    }

    @Test
    void a_new_database_that_another_command_has_made_is_seen_to_be_new() throws IOException {
        type("run", "--sandbox", "--limit", "1");
        Files.delete(folder().resolve("convmerge.mv.db"));
        type("status", "--sandbox");

        assertThat(type("run", "--sandbox", "--limit", "1").err()).contains("convmerge: the sandbox begins anew: ");
        assertThat(merged()).as("one night's").hasSize(1);
    }

    @Test
    void after_an_import_the_first_night_finds_nothing_strange() throws IOException {
        Path file = Files.writeString(directory.resolve("asked.csv"), "parent,duplicate\n215470001001,215470002001\n");
        assertThat(type("import", file.toString(), "--sandbox").exitCode()).isZero();

        assertThat(type("run", "--sandbox", "--limit", "1").err()).doesNotContain("anew", "conversations are new");
    }

    @Test
    void without_its_memory_the_database_is_used_and_what_that_means_is_said() throws IOException {
        type("status", "--sandbox");
        assertThat(type("run", "--sandbox", "--limit", "1").err())
                .as("a database without requests")
                .doesNotContain("convmerge: ");
        Files.delete(journal());

        Said said = type("run", "--sandbox", "--limit", "1");

        assertThat(said.err())
                .contains("convmerge: the sandbox's conversations are new, whatever its database says of former runs: "
                        + journal() + " is not there. To begin anew in everything, move " + folder() + " away");
        assertThat(said.exitCode()).isZero();
        assertThat(merged()).as("one night's").hasSize(1);
    }

    @Test
    void a_memory_that_cannot_be_read_is_told_in_one_line_with_what_to_do() throws IOException {
        type("run", "--sandbox", "--limit", "1");
        List<String> lines = Files.readAllLines(journal());
        lines.set(1, "x");
        Files.write(journal(), lines);

        Said said = type("run", "--sandbox");

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err())
                .endsWith("convmerge: what former runs did to the sandbox cannot be brought back from " + journal()
                        + ": line 2 is not what the sandbox writes there. Move " + folder()
                        + " away to begin anew; nothing was done" + System.lineSeparator());
        assertThat(Files.readAllLines(journal())).isEqualTo(lines);
        Files.move(folder(), directory.resolve("away"));
        assertThat(type("run", "--sandbox", "--limit", "1").exitCode()).isEqualTo(3);
    }
}
