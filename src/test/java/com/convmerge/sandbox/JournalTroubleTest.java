package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.convmerge.testing.TestClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sandbox's file that was cut off by a kill, that holds something else, or that cannot be written any more. */
class JournalTroubleTest {
    private static final Consumer<SandboxWorkspace> FILL = workspace -> {
        workspace.addConversation("101");
        workspace.addConversation("103");
    };

    private final TestClock clock = new TestClock();

    @TempDir
    private Path directory;

    private KeptSandbox kept() {
        return new KeptSandbox(file(), FILL, clock);
    }

    private Path file() {
        return directory.resolve("intercom.journal");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 40})
    void half_a_line_at_the_end_is_what_a_kill_has_left_and_counts_for_nothing(int missing) throws IOException {
        try (Sandbox sandbox = kept().start()) {
            new Client(sandbox).note("101", "whole");
            new Client(sandbox).note("101", "half");
        }
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, whole.length - missing));

        try (Sandbox sandbox = kept().start()) {
            assertThat(sandbox.workspace().conversation("101").noteBodies()).containsExactly("<p>whole</p>");
            new Client(sandbox).note("101", "after");
        }
        assertThat(kept().broughtBack().get(0).noteBodies()).containsExactly("<p>whole</p>", "<p>after</p>");
    }

    @Test
    void a_kill_in_the_very_first_line_leaves_a_new_sandbox() throws IOException {
        Files.writeString(file(), "{\"format\":1,\"beg");
        assertThat(kept().broughtBack()).hasSize(2);
        assertThat(kept().broughtBack()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0000",
                "",
                "null",
                "[]",
                "{\"at\":\"2026-11-26T00:00:00Z\",\"method\":\"POST\"}",
                "{\"at\":\"yesterday\",\"method\":\"POST\",\"path\":\"/tags\",\"delay\":\"PT0S\",\"body\":\"\"}",
                "{\"at\":\"2026-11-26T00:00:00Z\",\"method\":\"POST\",\"path\":\":x\",\"delay\":\"PT0S\",\"body\":\"\"}",
                "{\"at\":\"2026-11-26T00:00:00Z\",\"method\":\"GET\",\"path\":\"/me\",\"delay\":\"PT0S\",\"body\":\"\"}",
                "{\"at\":\"2026-11-26T00:00:00Z\",\"method\":\"GET\",\"path\":\"/x\",\"delay\":\"PT0S\",\"body\":\"\"}"
            })
    void a_line_that_cannot_be_brought_back_is_told_with_its_number_and_the_file_stays(String line) throws IOException {
        try (Sandbox sandbox = kept().start()) {
            new Client(sandbox).note("101", "kept");
        }
        Files.writeString(file(), line + "\nhalf a li", StandardOpenOption.APPEND);
        String before = Files.readString(file());

        assertThatThrownBy(() -> kept().broughtBack())
                .isInstanceOf(UnreadableJournal.class)
                .hasMessageStartingWith("line 3 ");
        assertThat(Files.readString(file())).isEqualTo(before);
    }

    @Test
    void another_filling_or_format_is_told() throws IOException {
        try (Sandbox sandbox = kept().start()) {
            new Client(sandbox).note("101", "kept");
        }
        try (Sandbox other = Sandbox.builder().clock(clock).start()) {
            assertThatThrownBy(() -> other.keepIn(file(), workspace -> workspace.addConversation("7")))
                    .hasMessage("line 2 was accepted once and is refused now: 404 not_found");
        }
        Files.writeString(file(), Files.readString(file()).replace("{\"format\":1,", "{\"format\":2,"));
        assertThatThrownBy(() -> kept().broughtBack()).hasMessage("line 1 says format 2; expected 1");
        Files.writeString(file(), "not ours\n");
        assertThatThrownBy(() -> kept().broughtBack()).hasMessage("line 1 is not what the sandbox writes there");
        Files.write(file(), new byte[] {'"', (byte) 0xff, '"', '\n'});
        assertThatThrownBy(() -> kept().broughtBack()).isInstanceOf(IOException.class);
    }

    @Test
    void after_a_change_that_could_not_be_kept_nothing_more_is_accepted() {
        SandboxBuilder setup = Sandbox.builder().clock(clock);
        SandboxWorkspace workspace = new SandboxWorkspace(setup);
        FILL.accept(workspace);
        Endpoints endpoints = new Endpoints(workspace);
        endpoints.journal = new SandboxJournal(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left");
            }
        });

        assertThatThrownBy(() -> note(endpoints, "101")).hasMessageContaining("cannot be kept: no space left");
        assertThatThrownBy(() -> note(endpoints, "103")).hasMessageContaining("cannot be kept: no space left");
        assertThat(workspace.conversation("103").notes()).isEmpty();
    }

    private void note(Endpoints endpoints, String conversation) {
        String path = "/conversations/" + conversation + "/reply";
        String body = "{\"message_type\":\"note\",\"type\":\"admin\",\"admin_id\":991267459,\"body\":\"words\"}";
        Request request = Request.of(
                "POST", path, HttpUrl.get("http://127.0.0.1" + path), body, 1, clock.instant(), operation -> 1);
        endpoints.answer(request, Duration.ZERO, Duration.ZERO);
    }
}
