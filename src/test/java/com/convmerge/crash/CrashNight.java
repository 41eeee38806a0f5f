package com.convmerge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.Strategy;
import com.convmerge.sandbox.DelayPlan;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.Quirk;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.sandbox.SandboxBuilder;
import com.convmerge.testing.RequestTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs the real program in a separate JVM, on a new database and against a sandbox that stays alive when the program is killed. */
final class CrashNight implements AutoCloseable {
    static final String SURVIVOR_PREFIX = "9";

    static final int REQUESTS = 60;
    static final int SURVIVORS = 6;
    private static final Duration TIMEOUT = Duration.ofMinutes(4);

    private final Path directory;
    private final CrashDatabase database;
    private final Sandbox sandbox;
    private final Duration settleTime;
    private final Strategy strategy;
    private volatile Runnable onCall = () -> {};
    private volatile int programs;

    /** The exit code and the output of a command that has ended. */
    record Ended(int exitCode, String output) {}

    CrashNight(Path directory, CrashDatabase database, FaultPlan faults) throws Exception {
        this(directory, database, faults, DelayPlan.none(), DelayPlan.none(), Duration.ofMillis(500));
    }

    /** A night of Intercom's own merges. */
    static CrashNight ofNativeMerges(Path directory, CrashDatabase database) throws Exception {
        return new CrashNight(
                directory,
                database,
                Sandbox.builder().quirks(Quirk.MERGED_IS_NOT_FOUND),
                Duration.ofMillis(500),
                Strategy.NATIVE);
    }

    /** @param settleTime longer than any effect is late and any read is old, together */
    CrashNight(
            Path directory,
            CrashDatabase database,
            FaultPlan faults,
            DelayPlan lateEffects,
            DelayPlan staleReads,
            Duration settleTime)
            throws Exception {
        this(
                directory,
                database,
                Sandbox.builder().faults(faults).lateEffects(lateEffects).staleReads(staleReads),
                settleTime,
                Strategy.LINK);
    }

    private CrashNight(
            Path directory, CrashDatabase database, SandboxBuilder setup, Duration settleTime, Strategy strategy)
            throws Exception {
        this.directory = directory;
        this.database = database;
        this.settleTime = settleTime;
        this.strategy = strategy;
        this.sandbox = setup.latency(Duration.ofMillis(5))
                .keepAllCalls(true)
                .onCall(call -> onCall.run())
                .start();
        IntStream.range(0, REQUESTS).forEach(i -> sandbox.workspace().addConversation(duplicate(i)));
        IntStream.range(0, SURVIVORS).forEach(i -> sandbox.workspace().addConversation(survivor(i)));
        database.withDataSource(this::insertRequests);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    /** Runs {@code action} at each further call. */
    void onCall(Runnable action) {
        onCall = action;
    }

    /** Runs the program until it ends or is halted at a kill point. */
    Ended command(List<String> jvmOptions, String... args) throws Exception {
        Process process = start(jvmOptions, args);
        boolean hasEnded = process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        if (!hasEnded) {
            // The JVM prints what its threads are doing.
            new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            process.waitFor(2, TimeUnit.SECONDS);
            process.destroyForcibly();
        }
        assertThat(hasEnded)
                .as("the program ends within %s; its output so far:%n%s", TIMEOUT, output())
                .isTrue();
        return new Ended(process.exitValue(), output());
    }

    /** Runs a command until it passes {@code point} for the {@code at}-th time, where it is halted. */
    Ended killAt(KillPoint point, int at, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(words));
        // Few at a time, so that enough is left for the next kill.
        command.add("--convmerge.concurrency=4");
        return command(
                List.of(
                        // The program instruments itself without the help of another process.
                        "-Djdk.attach.allowAttachSelf=true",
                        "-D" + KillPoints.POINT + "=" + point,
                        "-D" + KillPoints.AT + "=" + at),
                command.toArray(String[]::new));
    }

    Ended restart() throws Exception {
        return command(List.of(), "restart");
    }

    Process start(List<String> jvmOptions, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // The classes are those that were compiled a moment ago. Verifying them is a fifth of a start.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "-Xshare:auto",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(jvmOptions);
        command.add("com.convmerge.cli.ConvmergeApplication");
        command.addAll(List.of(args));
        command.add("--spring.main.sources=com.convmerge.crash.KillPoints");
        command.add("--convmerge.settle=20ms,80ms");
        command.add("--convmerge.in-doubt.settle-time=" + settleTime.toMillis() + "ms");
        command.add("--convmerge.intercom.backoff=20ms");
        command.add("--convmerge.intercom.call-timeout=1s");
        command.add("--convmerge.retries.backoff=0s,0s,0s,0s,0s,0s,0s,0s,0s,0s");
        command.add("--convmerge.chunk=5");
        command.add("--convmerge.strategy=" + strategy.word());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(outputOf(++programs).toFile());
        Map<String, String> environment = builder.environment();
        environment.put("INTERCOM_ACCESS_TOKEN", Sandbox.TOKEN);
        environment.put("INTERCOM_BASE_URL", sandbox.url().toString());
        environment.putAll(database.environment());
        return builder.start();
    }

    private String output() throws IOException {
        return Files.readString(outputOf(programs));
    }

    private Path outputOf(int program) {
        return directory.resolve("output-" + program + ".txt");
    }

    /** What is to be so when the night is over. */
    CrashNightEnd end() {
        return new CrashNightEnd(sandbox, database, strategy, programs);
    }

    private void insertRequests(DataSource dataSource) {
        RequestTable requests = new RequestTable(JdbcClient.create(dataSource));
        for (int i = 0; i < REQUESTS; i++) {
            requests.add(survivor(i % SURVIVORS), duplicate(i));
        }
    }

    static String duplicate(int i) {
        return Long.toString(215_470_000_000L + 7L * i);
    }

    static String survivor(int i) {
        return SURVIVOR_PREFIX + (15_470_000_000L + 7L * i);
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
