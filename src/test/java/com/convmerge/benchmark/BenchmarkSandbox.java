package com.convmerge.benchmark;

import com.convmerge.sandbox.Call;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.sandbox.SandboxBuilder;
import com.convmerge.sandbox.WindowUse;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sandbox in a process of its own. It prints its URL, then how it was used for each line that it reads, and ends with its input.
 * Arguments: those of {@link Load}.
 */
final class BenchmarkSandbox {
    private static final AtomicLong first = new AtomicLong();
    private static final AtomicLong last = new AtomicLong();
    private static final AtomicLong calls = new AtomicLong();

    private BenchmarkSandbox() {}

    public static void main(String[] args) throws Exception {
        Load load = new Load("", number(args, 0), number(args, 1), number(args, 2), number(args, 3), List.of());
        SandboxBuilder builder = Sandbox.builder()
                .rateLimit(load.limit())
                .latency(Duration.ofMillis(load.latency()))
                .onCall(BenchmarkSandbox::count);
        for (int i = 4; i + 1 < args.length; i += 2) {
            builder.tailLatency(number(args, i) / 100.0, Duration.ofMillis(number(args, i + 1)));
        }
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Sandbox sandbox = builder.start()) {
            for (int i = 0; i < load.requests(); i++) {
                sandbox.workspace().addConversation(load.duplicate(i));
            }
            for (int i = 0; i < load.parents(); i++) {
                sandbox.workspace().addConversation(load.parent(i));
            }
            System.out.println(sandbox.url());
            while (input.readLine() != null) {
                List<WindowUse> windows = sandbox.windows();
                // From the second full window to the last but one: the first and the last one of all are not full.
                List<WindowUse> full = windows.size() < 5 ? List.of() : windows.subList(2, windows.size() - 2);
                long used = full.stream().mapToLong(WindowUse::used).sum();
                long granted = full.stream().mapToLong(WindowUse::limit).sum();
                System.out.printf(
                        "%d %d %d %d %d%n", calls.get(), sandbox.count429(), last.get() - first.get(), used, granted);
            }
        }
    }

    /** From the first call about a conversation to the last; what a start-up asks for does not count as merging. */
    private static void count(Call call) {
        if (call.conversationId().isPresent()) {
            long now = System.nanoTime();
            first.compareAndSet(0, now);
            last.set(now);
            calls.incrementAndGet();
        }
    }

    private static int number(String[] args, int i) {
        return Integer.parseInt(args[i]);
    }
}
