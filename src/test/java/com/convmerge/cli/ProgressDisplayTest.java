package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.convmerge.run.Progress;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The line about a run's progress, as it is shown last. */
class ProgressDisplayTest {
    private static final Instant SETTLED = Instant.parse("2026-08-21T01:15:00Z");

    @Test
    void a_run_that_waits_says_for_how_many_and_until_when_on_the_operators_clock() {
        assertThat(lastLine(new Progress(0, "settle", 40, 38, 0, 2, SETTLED)))
                .contains("38/40")
                .contains("waits for 2 in doubt, until 2026-08-21 03:15:00 CEST")
                .doesNotContain("not merged");
    }

    @Test
    void failures_are_told_beside_it() {
        assertThat(lastLine(new Progress(0, "settle", 40, 39, 3, 1, SETTLED)))
                .contains("3 not merged; waits for 1 in doubt, until 2026-08-21 03:15:00 CEST");
    }

    @Test
    void a_run_that_does_not_wait_says_nothing_of_it() {
        assertThat(lastLine(new Progress(0, "applyMerges", 40, 12, 3, 0, null)))
                .contains("12/40", "3 not merged")
                .doesNotContain("waits");
    }

    @Test
    void a_run_that_intercom_keeps_waiting_says_until_when() {
        assertThat(lastLine(new Progress(0, "applyMerges", 40, 12, 3, 0, SETTLED)))
                .contains("12/40", "3 not merged; Intercom asks to wait until 2026-08-21 03:15:00 CEST")
                .doesNotContain("in doubt");
    }

    @Test
    void without_a_total_nothing_is_shown() {
        assertThat(lastLine(new Progress(0, "preflight", 0, 0, 0, 0, null))).isEmpty();
        assertThat(lastLine(null)).isEmpty();
    }

    @Test
    void the_parents_that_are_told_have_a_bar_of_their_own() {
        assertThat(lastLine(new Progress(1, "notifyParents", 40, 40, 0, 0, null, 8, 3, 0, null)))
                .startsWith("Telling parents")
                .contains("3/8");
    }

    @Test
    void a_run_that_is_to_end_says_at_once_what_it_finishes() {
        assertThat(lines(new Progress(1, "applyMerges", 40, 12, 0, 0, null, 0, 0, 0, 16)))
                .contains("Stopping; finishing 16 in hand.");
    }

    @Test
    void on_a_screen_a_bar_is_no_wider_than_the_screen() {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(screen, true, StandardCharsets.UTF_8);
        Progress progress = new Progress(1, "applyMerges", 40, 12, 3, 0, null);
        new ProgressDisplay(
                        new Terminal(print, print, 60),
                        () -> Optional.of(progress),
                        Duration.ofHours(1),
                        ZoneId.of("UTC"),
                        e -> {})
                .close();
        assertThat(screen.toString(StandardCharsets.UTF_8).split("[\\r\\n]+"))
                .filteredOn(line -> line.startsWith("Merging"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(60));
    }

    @Test
    void a_log_has_no_line_twice() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);
        Progress done = new Progress(1, "applyMerges", 40, 40, 0, 0, null);
        try (ProgressDisplay display = new ProgressDisplay(
                new Terminal(print, print, null),
                () -> Optional.of(done),
                Duration.ofMillis(10),
                ZoneId.of("UTC"),
                e -> {})) {
            await().until(() -> err.toString(StandardCharsets.UTF_8).contains("100%"));
        }
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).doesNotHaveDuplicates();
    }

    private static String lastLine(@Nullable Progress progress) {
        return lines(progress).lines().reduce("", (before, line) -> line).strip();
    }

    private static String lines(@Nullable Progress progress) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);
        new ProgressDisplay(
                        new Terminal(print, print, null),
                        () -> Optional.ofNullable(progress),
                        Duration.ofHours(1),
                        ZoneId.of("Europe/Berlin"),
                        e -> {})
                .close();
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_lack_of_memory_in_the_thread_of_the_display_is_passed_on() throws Exception {
        BlockingQueue<Throwable> passedOn = new LinkedBlockingQueue<>();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        AtomicBoolean isClosing = new AtomicBoolean();
        try (ProgressDisplay display = new ProgressDisplay(
                new Terminal(nowhere, nowhere, null),
                () -> {
                    if (isClosing.get()) {
                        return Optional.empty();
                    }
                    throw new OutOfMemoryError("Java heap space");
                },
                Duration.ofHours(1),
                ZoneId.of("UTC"),
                passedOn::add)) {
            assertThat(passedOn.poll(1, TimeUnit.MINUTES)).isInstanceOf(OutOfMemoryError.class);
            isClosing.set(true);
        }
    }
}
