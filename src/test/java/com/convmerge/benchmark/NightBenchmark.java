package com.convmerge.benchmark;

import com.convmerge.sandbox.Sandbox;
import com.convmerge.testing.Database;
import com.convmerge.testing.DatabaseKind;
import com.convmerge.testing.Databases;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
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
    private final Path program;
    private @Nullable EmbeddedPostgres server;

    private NightBenchmark(Path directory) throws Exception {
        this.directory = directory;
        this.program = Processes.install(directory.resolve("program"));
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
            try (BufferedReader output = Processes.output(loop)) {
                double cpu = Double.parseDouble(Processes.line(output));
                return sandbox.measured(cpu, 0, 0);
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
            double databaseBefore = databaseMillis(database, kind);
            Process night = Processes.startProgram(program, home, environment, "run");
            Duration before = Duration.ZERO;
            Duration cpu = Duration.ZERO;
            long peak = 0;
            while (!night.waitFor(25, TimeUnit.MILLISECONDS)) {
                Duration now = Processes.cpu(night.toHandle());
                cpu = now.compareTo(cpu) > 0 ? now : cpu;
                peak = Math.max(peak, Processes.peakMemory(night.pid()));
                if (!sandbox.hasBegun) {
                    sandbox.hasBegun = sandbox.ask()[0] > 0;
                    before = cpu;
                }
            }
            if (night.exitValue() != 0) {
                throw new IllegalStateException(Files.readString(home.resolve("output.txt")));
            }
            return sandbox.measured(
                    cpu.minus(before).toMillis(), peak, databaseMillis(database, kind) - databaseBefore);
        }
    }

    /** A session says at its end what it has taken, so it is asked when the program has ended. */
    private static double databaseMillis(Database database, DatabaseKind kind) {
        return kind == DatabaseKind.H2
                ? 0
                : database.jdbc()
                        .sql("SELECT active_time FROM pg_stat_database WHERE datname = CURRENT_DATABASE()")
                        .query(Double.class)
                        .single();
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

    private void print() throws Exception {
        List<Measured> bare = results.getOrDefault("bare loop, 64 in flight", List.of());
        double barePace = REQUESTS / Measured.median(bare, Measured::seconds);
        double bareCpu = Measured.median(bare, Measured::cpuMillis) / REQUESTS;
        System.out.printf(
                Locale.ROOT,
                "%-32s %9s %9s %7s %7s %7s %6s %6s %6s %7s%n",
                "",
                "merges/s",
                "of bare",
                "spread",
                "CPU ms",
                "x bare",
                "DB ms",
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
                    "%-32s %9.0f %7.0f %% %5.0f %% %7.2f %7.1f %6.2f %6.0f %6.0f %7s%n",
                    name,
                    pace,
                    100 * pace / barePace,
                    Measured.spread(rounds, Measured::seconds),
                    cpu,
                    cpu / bareCpu,
                    Measured.median(rounds, Measured::databaseMillis) / requests,
                    Measured.median(rounds, Measured::peakMegabytes),
                    Measured.median(rounds, Measured::refused),
                    name.contains("at the limit") ? String.format(Locale.ROOT, "%.1f %%", used) : "");
            json.put(name, rounds);
        });
        double perMerge = Measured.median(results.getOrDefault("night on H2", List.of()), Measured::calls) / REQUESTS;
        System.out.printf(
                Locale.ROOT, "calls a merge: %.2f, with a parent for ten duplicates (ideal: 3.20)%n", perMerge);
        System.out.printf(
                Locale.ROOT,
                "the sandbox alone answers %.0f calls a second, beside the bare loop; with answers after 5 ms and 64 in flight"
                        + " the ideal would be %.0f%n",
                Measured.median(bare, Measured::calls) / Measured.median(bare, Measured::seconds),
                Load.CONCURRENCY / 0.005);
        Files.writeString(
                Path.of("target", "benchmark.json"),
                new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json));
    }
}
