package com.convmerge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.crash.CrashNight.Ended;
import com.convmerge.sandbox.DelayPlan;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.DatabaseKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A killed run is continued with one command; no note is written twice and no request is lost. A subclass per database. */
abstract class CrashContract {
    /** The Maven profile {@code soak} sets a larger number. */
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 1);

    private static final Set<Fault> IN_DOUBT = EnumSet.of(
            Fault.DROP_BEFORE,
            Fault.DROP_AFTER,
            Fault.ERROR_500_AFTER,
            Fault.HTML_502_BEFORE,
            Fault.UNAVAILABLE_503_AFTER,
            Fault.BROKEN_JSON_AFTER,
            Fault.REQUEST_TIMEOUT_408_AFTER,
            Fault.RATE_LIMITED_429);

    /** Kept when a test fails: the database, and what each of the killed programs has printed, tell why. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    abstract DatabaseKind kind();

    /** Creates a new and empty database with the schema. */
    abstract CrashDatabase newDatabase(Path directory) throws Exception;

    /** The same, but each time when the program has ended without closing it, the power is cut, too, where that can be done. */
    CrashDatabase newDatabaseWithPowerCuts(Path directory) throws Exception {
        return newDatabase(directory);
    }

    /** One night that is killed at every point, one after the other, and continued each time with one command. */
    @Test
    void killed_at_each_point_in_turn_a_run_is_continued_with_one_command() throws Exception {
        try (CrashNight night = new CrashNight(directory, newDatabase(directory), FaultPlan.none())) {
            killInTurn(night, KillPoint.ofLinking(kind()), "run");

            Ended restarted = night.restart();

            assertThat(restarted.exitCode()).as(restarted.output()).isZero();
            night.end().assertAllMergedOnce();
        }
    }

    /** The same for a night of Intercom's own merges, after which the duplicates are not to be found any more. */
    @Test
    void killed_at_each_point_in_turn_a_native_night_is_continued_with_one_command() throws Exception {
        try (CrashNight night = CrashNight.ofNativeMerges(directory, newDatabase(directory))) {
            killInTurn(night, KillPoint.ofNative(), "run");

            Ended restarted = night.restart();

            assertThat(restarted.exitCode()).as(restarted.output()).isZero();
            night.end().assertAllMergedOnce();
        }
    }

    /** One undo of a night that is killed at every point, one after the other, and continued each time with one command. */
    @Test
    void killed_at_each_point_in_turn_an_undo_is_continued_with_one_command() throws Exception {
        try (CrashNight night = new CrashNight(directory, newDatabase(directory), FaultPlan.none())) {
            Ended merged = night.command(List.of(), "run");
            assertThat(merged.exitCode()).as(merged.output()).isZero();
            killInTurn(night, KillPoint.ofUndo(), "undo", "1");

            Ended restarted = night.restart();

            assertThat(restarted.exitCode()).as(restarted.output()).isZero();
            night.end().assertAllUndoneOnce();
        }
    }

    /** Starts a command and kills it at the first point, restarts it and kills that at the second, and so on. */
    static void killInTurn(CrashNight night, Set<KillPoint> points, String... first) throws Exception {
        String[] command = first;
        for (KillPoint point : points) {
            Ended killed = night.killAt(point, point.isPassedOften() ? 3 : 1, command);
            assertThat(killed.exitCode()).as("%s: %s", point, killed.output()).isEqualTo(KillPoints.STATUS);
            command = new String[] {"restart"};
        }
    }

    @Test
    void killed_at_random_moments_among_faults_late_effects_and_old_reads_it_ends_with_every_note_once()
            throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = Long.getLong("crash.seed", System.nanoTime());
            System.out.println("crash round " + round + ": -Dcrash.seed=" + seed);
            Path roundDirectory = Files.createDirectory(directory.resolve("round" + round));
            Random random = new Random(seed);
            FaultPlan faults = FaultPlan.random(seed, 0.05, IN_DOUBT);
            DelayPlan late = DelayPlan.random(seed, 0.05, Duration.ofMillis(700));
            DelayPlan stale = DelayPlan.random(seed + 1, 0.1, Duration.ofMillis(500));
            try (CrashNight night = new CrashNight(
                    roundDirectory,
                    newDatabaseWithPowerCuts(roundDirectory),
                    faults,
                    late,
                    stale,
                    Duration.ofSeconds(2))) {
                killAfterCalls(night, 5 + random.nextInt(120), "run");
                killAfterCalls(night, 5 + random.nextInt(120), "restart");
                Ended ended = night.command(List.of(), "run");
                for (int nights = 0; ended.exitCode() == 3 && nights < 12; nights++) {
                    ended = night.command(List.of(), "run");
                }
                assertThat(ended.exitCode())
                        .as("seed %d: %s", seed, ended.output())
                        .isZero();
                night.end().assertAllMergedOnce();
            }
        }
    }

    /** Kills the process when the given number of further calls has arrived; the program may end before that. */
    private static void killAfterCalls(CrashNight night, int calls, String command) throws Exception {
        long until = night.sandbox().callCount() + calls;
        CountDownLatch reached = new CountDownLatch(1);
        night.onCall(() -> {
            if (night.sandbox().callCount() >= until) {
                reached.countDown();
            }
        });
        Process process = night.start(List.of(), command);
        process.onExit().thenRun(reached::countDown);
        assertThat(reached.await(90, TimeUnit.SECONDS))
                .as("%s gets to %d calls", command, calls)
                .isTrue();
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
}
