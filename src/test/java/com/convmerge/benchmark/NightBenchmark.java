package com.convmerge.benchmark;

import com.convmerge.sandbox.Sandbox;
import com.convmerge.testing.Database;
import com.convmerge.testing.DatabaseKind;
import com.convmerge.testing.Databases;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the packaged program against the sandbox, each in a process of its own, and beside it the same calls in a bare loop; prints a
 * table and writes target/benchmark.json. This is no test, because its figures depend on the machine.
 *
 * <p>System properties: benchmark.requests (6,000), benchmark.limited (4,000), benchmark.rounds (3), benchmark.jvm (options of the
 * program's JVM).
 */
final class NightBenchmark {
    private static final int REQUESTS = Integer.getInteger("benchmark.requests", 6_000);
    private static final int LIMITED = Integer.getInteger("benchmark.limited", 4_000);
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);

    private final Map<String, List<Measured>> results = new LinkedHashMap<>();
    private final Path directory;
    private @Nullable EmbeddedPostgres server;

    private NightBenchmark(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] args) throws Exception {
        NightBenchmark benchmark = new NightBenchmark(Files.createTempDirectory("convmerge-benchmark"));
        for (int round = 1; round <= ROUNDS; round++) {
            Load load = Load.unlimited(REQUESTS);
            benchmark.add("bare loop, 64 in flight", benchmark.loop(load, load.parents(), Load.CONCURRENCY));
            benchmark.add("a user's script, 32 in flight", benchmark.loop(load, 0, 32));
            for (DatabaseKind kind : DatabaseKind.values()) {
                benchmark.add("night on " + kind, benchmark.night(load, kind));
            }
        }
        if (LIMITED > 0) {
            for (DatabaseKind kind : DatabaseKind.values()) {
                benchmark.add("night at the limit on " + kind, benchmark.night(Load.atTheLimit(LIMITED), kind));
            }
        }
        benchmark.print();
        if (benchmark.server != null) {
            benchmark.server.close();
        }
        System.exit(0);
    }

    private void add(String name, Measured measured) {
        results.computeIfAbsent(name, all -> new ArrayList<>()).add(measured);
    }

    private Measured loop(Load load, int parents, int concurrency) throws Exception {
        try (RunningSandbox sandbox = new RunningSandbox(load)) {
            Process loop = Processes.start(
                    BareLoop.class,
                    sandbox.url,
                    Integer.toString(load.requests()),
                    Integer.toString(parents),
                    Integer.toString(concurrency));
            try (BufferedReader output = reader(loop)) {
                double cpu = Double.parseDouble(Processes.line(output));
                return sandbox.measured(cpu, 0);
            }
        }
    }

    private Measured night(Load load, DatabaseKind kind) throws Exception {
        Path home = Files.createTempDirectory(directory, "night");
        try (RunningSandbox sandbox = new RunningSandbox(load);
                Database database = kind == DatabaseKind.H2
                        ? Databases.at("jdbc:h2:file:" + home + "/night;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE", "")
                        : Databases.at(postgres(), "postgres")) {
            database.migrate();
            insert(load, database);
            Map<String, String> environment = Map.of(
                    "INTERCOM_ACCESS_TOKEN",
                    Sandbox.TOKEN,
                    "INTERCOM_BASE_URL",
                    sandbox.url,
                    "SPRING_DATASOURCE_URL",
                    database.url(),
                    "SPRING_DATASOURCE_USERNAME",
                    database.username());
            if (kind == DatabaseKind.H2) {
                database.close();
            }
            Process program = Processes.startProgram(home, environment, "run");
            Duration before = Duration.ZERO;
            Duration cpu = Duration.ZERO;
            long peak = 0;
            while (!program.waitFor(25, TimeUnit.MILLISECONDS)) {
                Duration now = Processes.cpu(program.toHandle());
                cpu = now.compareTo(cpu) > 0 ? now : cpu;
                peak = Math.max(peak, Processes.peakMemory(program.pid()));
                if (!sandbox.hasBegun) {
                    sandbox.hasBegun = sandbox.ask()[0] > 0;
                    before = cpu;
                }
            }
            if (program.exitValue() != 0) {
                throw new IllegalStateException(Files.readString(home.resolve("output.txt")));
            }
            return sandbox.measured(cpu.minus(before).toMillis(), peak);
        }
    }

    /** A PostgreSQL that waits for the disk, unlike that of the tests. */
    private String postgres() throws Exception {
        if (server == null) {
            server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start();
        }
        String name = "night_" + results.values().stream().mapToInt(List::size).sum();
        JdbcClient.create(new DriverManagerDataSource(server.getJdbcUrl("postgres", "postgres")))
                .sql("CREATE DATABASE " + name)
                .update();
        return server.getJdbcUrl("postgres", name);
    }

    private static void insert(Load load, Database database) {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < load.requests(); i++) {
            rows.add(new Object[] {load.parent(i), load.duplicate(i)});
        }
        database.batches()
                .batchUpdate(
                        "INSERT INTO merge_request (parent_conversation_id, duplicate_conversation_id) VALUES (?, ?)",
                        rows);
    }

    /** The sandbox's process. */
    private static final class RunningSandbox implements AutoCloseable {
        private final Process process;
        private final PrintWriter input;
        private final BufferedReader output;
        final String url;
        boolean hasBegun;

        RunningSandbox(Load load) throws Exception {
            List<String> args = new ArrayList<>(List.of(
                    Integer.toString(load.requests()),
                    Integer.toString(load.parents()),
                    Integer.toString(load.limit()),
                    Integer.toString(load.latency())));
            load.tails().forEach(tail -> args.addAll(List.of("" + tail[0], "" + tail[1])));
            process = Processes.start(BenchmarkSandbox.class, args.toArray(String[]::new));
            input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
            output = reader(process);
            url = Processes.line(output);
        }

        /** Calls, refused ones, nanoseconds between the first and the last call, calls used and granted in full windows. */
        long[] ask() {
            input.println();
            String[] figures = Processes.line(output).split(" ");
            long[] values = new long[figures.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = Long.parseLong(figures[i]);
            }
            return values;
        }

        Measured measured(double cpuMillis, long peak) {
            long[] figures = ask();
            double used = figures[4] == 0 ? 0 : 100.0 * figures[3] / figures[4];
            return new Measured(figures[2] / 1e9, figures[0], figures[1], cpuMillis, peak, used);
        }

        @Override
        public void close() {
            input.close();
        }
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private void print() throws Exception {
        List<Measured> bare = results.getOrDefault("bare loop, 64 in flight", List.of());
        double barePace = REQUESTS / Measured.median(bare, Measured::seconds);
        double bareCpu = Measured.median(bare, Measured::cpuMillis) / REQUESTS;
        System.out.printf(
                Locale.ROOT,
                "%-32s %9s %9s %7s %10s %9s %6s %6s %7s%n",
                "",
                "merges/s",
                "of bare",
                "spread",
                "CPU ms",
                "x bare",
                "MB",
                "429s",
                "limit");
        Map<String, Object> json = new LinkedHashMap<>();
        results.forEach((name, rounds) -> {
            int requests = name.contains("at the limit") ? LIMITED : REQUESTS;
            double pace = requests / Measured.median(rounds, Measured::seconds);
            double cpu = Measured.median(rounds, Measured::cpuMillis) / requests;
            double used = Measured.median(rounds, Measured::used);
            System.out.printf(
                    Locale.ROOT,
                    "%-32s %9.0f %7.0f %% %5.0f %% %10.2f %9.1f %6.0f %6.0f %7s%n",
                    name,
                    pace,
                    100 * pace / barePace,
                    Measured.spread(rounds, Measured::seconds),
                    cpu,
                    cpu / bareCpu,
                    Measured.median(rounds, Measured::peakMegabytes),
                    Measured.median(rounds, Measured::refused),
                    name.contains("at the limit") ? String.format(Locale.ROOT, "%.1f %%", used) : "");
            json.put(name, rounds);
        });
        double perMerge = Measured.median(results.getOrDefault("night on H2", List.of()), Measured::calls) / REQUESTS;
        System.out.printf(
                Locale.ROOT, "calls a merge: %.2f, with a parent for ten duplicates (ideal: 3.20)%n", perMerge);
        Files.writeString(
                Path.of("target", "benchmark.json"),
                new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json));
    }
}
