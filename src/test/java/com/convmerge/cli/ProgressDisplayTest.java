package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(lastLine(new Progress("settle", 40, 38, 0, 2, SETTLED)))
                .contains("38/40")
                .contains("waits for 2 in doubt, until 03:15:00 at most")
                .doesNotContain("failed");
    }

    @Test
    void failures_are_told_beside_it() {
        assertThat(lastLine(new Progress("settle", 40, 39, 3, 1, SETTLED)))
                .contains("3 failed; waits for 1 in doubt, until 03:15:00 at most");
    }

    @Test
    void a_run_that_does_not_wait_says_nothing_of_it() {
        assertThat(lastLine(new Progress("applyMerges", 40, 12, 3, 0, null)))
                .contains("12/40", "3 failed")
                .doesNotContain("waits");
    }

    @Test
    void a_run_that_intercom_keeps_waiting_says_until_when() {
        assertThat(lastLine(new Progress("applyMerges", 40, 12, 3, 0, SETTLED)))
                .contains("12/40", "3 failed; Intercom asks to wait until 03:15:00")
                .doesNotContain("in doubt");
    }

    @Test
    void without_a_total_nothing_is_shown() {
        assertThat(lastLine(new Progress("preflight", 0, 0, 0, 0, null))).isEmpty();
        assertThat(lastLine(null)).isEmpty();
    }

    private static String lastLine(@Nullable Progress progress) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);
        new ProgressDisplay(
                        new Terminal(print, print, false),
                        () -> Optional.ofNullable(progress),
                        Duration.ofHours(1),
                        ZoneId.of("Europe/Berlin"),
                        e -> {})
                .close();
        return err.toString(StandardCharsets.UTF_8)
                .lines()
                .reduce("", (before, line) -> line)
                .strip();
    }

    @Test
    void a_lack_of_memory_in_the_thread_of_the_display_is_passed_on() throws Exception {
        BlockingQueue<Throwable> passedOn = new LinkedBlockingQueue<>();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        AtomicBoolean isClosing = new AtomicBoolean();
        try (ProgressDisplay display = new ProgressDisplay(
                new Terminal(nowhere, nowhere, false),
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
