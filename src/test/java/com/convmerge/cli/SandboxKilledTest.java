package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.convmerge.cli.CliRunner.Said;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.sandbox.SandboxSample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night on the sandbox that is killed goes on, with what it has done still there, and nothing is done twice. */
class SandboxKilledTest {
    private static final int WELL_UNDER_WAY = 40;

    @TempDir
    private Path directory;

    @Test
    void a_killed_night_is_continued_on_the_conversations_that_it_has_left() throws IOException {
        try (Program night = Program.start(directory, Map.of(), "run", "--sandbox")) {
            await().atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> accepted() > WELL_UNDER_WAY || !night.isAlive());
            night.close();
            assertThat(night.exitCode()).as(night.err()).isEqualTo(128 + 9);
        }

        Said said = CliRunner.in(directory).type("restart", "--sandbox");

        assertThat(said.exitCode()).as(said.err()).isEqualTo(3);
        assertThat(said.err()).doesNotContain("anew");
        List<ConversationView> conversations = conversations();
        assertThat(conversations)
                .filteredOn(conversation -> conversation.state().equals("closed")
                        && conversation.tagNames().contains(SandboxSample.TAG)
                        && !conversation.notes().isEmpty())
                .hasSize(SandboxSample.MERGED);
        assertThat(conversations).allSatisfy(conversation -> assertThat(conversation.noteBodies())
                .doesNotHaveDuplicates());
    }

    private Path journal() {
        return directory.resolve("data/sandbox/intercom.journal");
    }

    private long accepted() {
        if (!Files.exists(journal())) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(journal())) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ConversationView> conversations() throws IOException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            sandbox.keepIn(journal(), SandboxSample::fill);
            return sandbox.workspace().conversations();
        }
    }
}
