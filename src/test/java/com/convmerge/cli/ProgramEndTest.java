package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.Sleeper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgramEndTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);
    private final List<Duration> slept = new ArrayList<>();
    private final BlockingQueue<Integer> halted = new LinkedBlockingQueue<>();

    private ProgramEnd end(Sleeper sleeper) {
        return new ProgramEnd(new Terminal(print, print, null), sleeper, halted::add);
    }

    @Test
    void a_program_that_does_not_end_after_sigterm_is_cut_off_within_the_30_s_of_service_managers() throws Exception {
        ProgramEnd end = end(slept::add);

        end.begin();

        assertThat(halted.poll(1, TimeUnit.MINUTES)).isEqualTo(143);
        assertThat(slept).containsExactly(ProgramEnd.PATIENCE);
        assertThat(ProgramEnd.PATIENCE).isLessThan(Duration.ofSeconds(30));
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("convmerge: the program was told to end, and did not get there within 27 s; ")
                .contains("so it was cut off. Nothing is lost", "restart")
                .hasLineCount(1);
    }

    @Test
    void a_command_that_is_through_keeps_its_exit_code() throws Exception {
        ProgramEnd end = end(slept::add);

        assertThat(end.ended(3)).isEqualTo(3);
        end.begin();

        assertThat(halted.poll(1, TimeUnit.MINUTES)).isEqualTo(3);
    }

    @Test
    void a_run_that_cannot_end_in_order_ends_with_1_and_says_so_once() {
        ProgramEnd end = end(Sleeper.REAL);

        end.end("the run lock could not be renewed for 16 s: the database does not answer");
        end.end("the run lock could not be renewed for 18 s: the database does not answer");

        assertThat(halted).containsExactly(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith(
                        "convmerge: the run failed: the run lock could not be renewed for 16 s: the database does not"
                                + " answer; ")
                .hasLineCount(1);
    }

    @Test
    void it_says_what_the_threads_wait_for() {
        Thread any = Thread.currentThread();
        Map<Thread, StackTraceElement[]> threads = Map.of(
                any,
                stack("java.net.Socket", "org.postgresql.core.PGStream", "com.convmerge.ledger.Ledger"),
                new Thread(),
                stack("java.net.Socket", "org.postgresql.core.PGStream", "org.springframework.jdbc.X"),
                new Thread(),
                stack("java.net.Socket", "okhttp3.RealCall", "com.convmerge.intercom.IntercomHttpClient"),
                new Thread(),
                stack("java.lang.Object", "org.h2.mvstore.MVStore"));
        assertThat(WaitingThreads.describe(threads))
                .isEqualTo("2 threads wait for the database, 1 thread waits for Intercom");
        assertThat(WaitingThreads.describe(Map.of(any, stack("java.lang.Object"))))
                .isEqualTo("no thread waits for the database or for Intercom");
    }

    private static StackTraceElement[] stack(String... classes) {
        return List.of(classes).stream()
                .map(name -> new StackTraceElement(name, "call", null, -1))
                .toArray(StackTraceElement[]::new);
    }
}
