package com.convmerge.cli;

import com.convmerge.sandbox.Sandbox;
import com.convmerge.sandbox.WindowUse;
import com.convmerge.testing.RequestTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Measures how much of the rate limit a run uses: {@code mvn -q test-compile -Pbenchmark}. Arguments: the number of requests,
 * the calls granted in a window of ten seconds, the latency in milliseconds, and the share of slow calls in percent.
 *
 * <p>This is not a test, because its figures depend on the machine.
 */
final class NightBenchmark {
    private NightBenchmark() {}

    public static void main(String[] args) throws Exception {
        int requests = args.length > 0 ? Integer.parseInt(args[0]) : 5_000;
        int limit = args.length > 1 ? Integer.parseInt(args[1]) : 1_666;
        int latency = args.length > 2 ? Integer.parseInt(args[2]) : 100;
        int slowPercent = args.length > 3 ? Integer.parseInt(args[3]) : 0;
        Path directory = Files.createTempDirectory("convmerge-benchmark");
        String configured = System.getenv("SPRING_DATASOURCE_URL");
        String url = configured != null
                ? configured
                : "jdbc:h2:file:" + directory + "/night;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
        try (Sandbox sandbox = Sandbox.builder()
                .rateLimit(limit)
                .latency(Duration.ofMillis(latency))
                .tailLatency(slowPercent / 100.0, Duration.ofMillis(600))
                .start()) {
            fill(sandbox, requests);
            String[] settings = {
                "--spring.datasource.url=" + url,
                "--convmerge.intercom.base-url=" + sandbox.url(),
                "--convmerge.intercom.access-token=" + Sandbox.TOKEN,
                "--convmerge.report.directory=" + directory
            };
            // Creates the schema.
            Commands.execute(Terminal.ofThisProgram(), why -> {}, with("status", settings));
            insert(url, requests);
            int code = Commands.execute(Terminal.ofThisProgram(), why -> {}, with("run", settings));
            System.out.println(
                    "exit " + code + ", " + sandbox.callCount() + " calls, " + sandbox.count429() + " answered 429");
            List<WindowUse> windows = sandbox.windows();
            for (WindowUse window : windows) {
                System.out.printf(
                        Locale.ROOT,
                        "window %s: %5d of %d calls (%.1f %%)%n",
                        window.start(),
                        window.used(),
                        window.limit(),
                        100.0 * window.used() / window.limit());
            }
        }
        System.exit(0);
    }

    private static void fill(Sandbox sandbox, int requests) {
        for (int i = 0; i < requests; i++) {
            sandbox.workspace().addConversation(duplicate(i));
        }
        for (int i = 0; i < parents(requests); i++) {
            sandbox.workspace().addConversation(parent(i));
        }
    }

    private static void insert(String url, int requests) throws Exception {
        String user = System.getenv().getOrDefault("SPRING_DATASOURCE_USERNAME", "");
        String password = System.getenv().getOrDefault("SPRING_DATASOURCE_PASSWORD", "");
        try (Connection connection = DriverManager.getConnection(url, user, password)) {
            RequestTable table = new RequestTable(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
            for (int i = 0; i < requests; i++) {
                table.add(parent(i % parents(requests)), duplicate(i));
            }
        }
    }

    private static int parents(int requests) {
        return Math.max(1, requests / 10);
    }

    private static String duplicate(int i) {
        return Long.toString(215_470_000_000L + 7L * i);
    }

    private static String parent(int i) {
        return Long.toString(915_470_000_000L + 7L * i);
    }

    private static String[] with(String command, String... settings) {
        String[] all = new String[settings.length + 1];
        all[0] = command;
        System.arraycopy(settings, 0, all, 1, settings.length);
        return all;
    }
}
