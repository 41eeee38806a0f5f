package com.convmerge.benchmark;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The sandbox's process. */
final class RunningSandbox implements AutoCloseable {
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
        output = Processes.output(process);
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

    Measured measured(double cpuMillis, long peak, double databaseMillis) {
        long[] figures = ask();
        double used = figures[4] == 0 ? 0 : 100.0 * figures[3] / figures[4];
        return new Measured(figures[2] / 1e9, figures[0], figures[1], cpuMillis, peak, databaseMillis, used);
    }

    @Override
    public void close() {
        input.close();
    }
}
