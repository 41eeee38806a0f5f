package com.convmerge.testing;

import com.convmerge.merge.Sleeper;
import com.convmerge.merge.SteadyClock;
import com.convmerge.run.LastResort;
import com.convmerge.run.RunEnd;
import com.convmerge.run.RunLauncher;
import com.convmerge.run.RunOptions;
import com.convmerge.sandbox.Call;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.sandbox.SandboxBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The whole program except its command line, on one database and with the sandbox in place of Intercom. Waiting takes no real time,
 * because it advances the test clock.
 */
public final class BatchFixture implements AutoCloseable {
    public static final String TAG = "merged-duplicate";

    /** How many requests are applied at the same time. */
    public static final int WORKERS = 16;

    public final Sandbox sandbox;
    public final TestClock clock;
    public final Database database;
    public final JdbcClient jdbc;
    /** Why the program was to be ended at once; each is a message for the operator. */
    public final Queue<String> cutOff = new ConcurrentLinkedQueue<>();

    private final ConfigurableApplicationContext program;
    private final boolean ownsSandbox;

    private BatchFixture(Sandbox sandbox, boolean ownsSandbox, TestClock clock, Database database, String... settings) {
        this.ownsSandbox = ownsSandbox;
        this.sandbox = sandbox;
        this.clock = clock;
        this.database = database;
        this.jdbc = database.jdbc();
        this.program = program(settings);
    }

    public static BatchFixture on(Database database, String... settings) {
        return on(database, setup -> setup, settings);
    }

    public static BatchFixture on(Database database, UnaryOperator<SandboxBuilder> setup, String... settings) {
        TestClock clock = new TestClock();
        SandboxBuilder builder = Sandbox.builder()
                .clock(clock.ofAnotherMachine())
                .rateLimit(1_000_000)
                .keepAllCalls(true);
        return new BatchFixture(setup.apply(builder).start(), true, clock, database, settings);
    }

    /** Starts the program another time, on the same database, clock and sandbox. */
    public BatchFixture again(String... settings) {
        return again(sandbox, settings);
    }

    /** Starts the program another time, on the same database and clock, but with another sandbox. */
    public BatchFixture again(Sandbox other, String... settings) {
        return new BatchFixture(other, false, clock, database, settings);
    }

    private ConfigurableApplicationContext program(String... settings) {
        String[] all = Stream.concat(
                        Stream.of(
                                "--convmerge.intercom.base-url=" + sandbox.url(),
                                "--convmerge.intercom.access-token=" + Sandbox.TOKEN,
                                "--convmerge.concurrency=" + WORKERS,
                                "--convmerge.chunk=10",
                                "--convmerge.report.directory=" + Path.of("target", "reports", "" + UUID.randomUUID()),
                                "--spring.datasource.url=" + database.url(),
                                "--spring.datasource.username=" + database.username(),
                                "--spring.datasource.password=",
                                "--spring.datasource.hikari.minimum-idle=0",
                                // PostgreSQL takes a tenth of a second of the processor to open one.
                                "--spring.datasource.hikari.maximum-pool-size=10",
                                "--spring.flyway.enabled=false",
                                "--logging.level.com.convmerge=off"),
                        Stream.of(settings).map(setting -> "--" + setting))
                // Of several settings with the same name the last one is used.
                .collect(Collectors.toMap(arg -> arg.split("=", 2)[0], arg -> arg, (before, after) -> after))
                .values()
                .toArray(String[]::new);
        return new SpringApplicationBuilder(ProgramParts.class)
                .initializers(context -> {
                    GenericApplicationContext generic = (GenericApplicationContext) context;
                    generic.registerBean(Clock.class, () -> clock);
                    generic.registerBean(SteadyClock.class, clock::steady);
                    generic.registerBean(Sleeper.class, () -> new RecordingSleeper(clock));
                    generic.registerBean(LastResort.class, () -> cutOff::add);
                })
                .run(all);
    }

    public <T> T part(Class<T> type) {
        return program.getBean(type);
    }

    /** Starts a run. The clock advances first, because two runs never begin at the same instant. */
    public RunEnd run() {
        return run(RunOptions.ALL);
    }

    public RunEnd run(@Nullable Long limit) {
        return run(new RunOptions(limit, null, false, true));
    }

    public RunEnd run(RunOptions options) {
        clock.advance(Duration.ofSeconds(1));
        return part(RunLauncher.class).run(options, end -> {});
    }

    public RunEnd restart() {
        clock.advance(Duration.ofSeconds(1));
        return part(RunLauncher.class).restart(null, RunOptions.ALL, end -> {});
    }

    /** Ends the program as SIGTERM does. */
    public void endProgram() {
        program.close();
    }

    /** Requests the merge of two conversations, which are created if they do not exist, and returns the id of the request. */
    public long ask(long parent, long duplicate) {
        for (long id : new long[] {parent, duplicate}) {
            if (sandbox.workspace().find(Long.toString(id)).isEmpty()) {
                sandbox.workspace().addConversation(Long.toString(id));
            }
        }
        return askOnly(parent, duplicate);
    }

    /** Does the same as {@link #ask} without creating conversations. */
    public long askOnly(long parent, long duplicate) {
        return new RequestTable(database).add(Long.toString(parent), Long.toString(duplicate));
    }

    /** Requests the given number of merges, three into each survivor. Survivors have ids from 1001 on, duplicates from 50001 on. */
    public void askMany(int requests) {
        for (int i = 0; i < requests; i++) {
            ask(1_001 + i / 3, 50_001 + i);
        }
    }

    /** The number of requests in each status that occurs. */
    public Map<String, Long> standings() {
        return jdbc
                .sql("SELECT status, COUNT(*) AS n FROM merge_request GROUP BY status")
                .query((row, n) -> Map.entry(row.getString("status"), row.getLong("n")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    public String status(long requestId) {
        return jdbc.sql("SELECT status FROM merge_request WHERE id = :id")
                .param("id", requestId)
                .query(String.class)
                .single();
    }

    public long number(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    public ConversationView conversation(long id) {
        return sandbox.workspace().conversation(Long.toString(id));
    }

    /** The calls after the first {@code before} ones that write to a conversation. */
    public List<Call> writesSince(long before) {
        return sandbox.calls().stream()
                .skip(before)
                .filter(call ->
                        call.route().isWriting() && call.conversationId().isPresent())
                .toList();
    }

    /** Waits until every queued item has ended: all workers must be free to run the tasks that this method submits. */
    public void emptyThePool() throws Exception {
        ThreadPoolTaskExecutor pool = part(ThreadPoolTaskExecutor.class);
        CyclicBarrier all = new CyclicBarrier(WORKERS);
        List<Future<?>> tasks = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            tasks.add(pool.submit(() -> all.await()));
        }
        for (Future<?> task : tasks) {
            task.get();
        }
    }

    @Override
    public void close() {
        program.close();
        if (ownsSandbox) {
            sandbox.close();
        }
    }
}
