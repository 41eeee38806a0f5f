package com.convmerge.cli;

import com.convmerge.batch.RunProgress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far a run is: a bar that is drawn again and again on a terminal, a line now and then in a log. */
final class ProgressDisplay implements AutoCloseable {
    private static final int WIDTH = 100;

    private final Terminal terminal;
    private final RunProgress progress;
    private final Duration lineEvery;
    private final ScheduledExecutorService ticker;
    private @Nullable ProgressBar bar;
    private boolean closed;

    /** @param lineEvery how often a line is written where nobody looks at it */
    ProgressDisplay(Terminal terminal, RunProgress progress, Duration lineEvery) {
        this.terminal = terminal;
        this.progress = progress;
        this.lineEvery = lineEvery;
        ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        ticker.scheduleAtFixedRate(this::update, 0, 100, TimeUnit.MILLISECONDS);
    }

    /** There is nothing to show before it is known how much is to be done, and nothing if that is nothing. */
    private synchronized void update() {
        if (closed || progress.total() == 0) {
            return;
        }
        if (bar == null) {
            bar = newBar();
        }
        bar.maxHint(Math.max(progress.total(), progress.done()));
        bar.stepTo(progress.done());
        long failures = progress.failures();
        bar.setExtraMessage(failures == 0 ? "" : failures + " failed");
    }

    private ProgressBar newBar() {
        ProgressBarConsumer consumer = terminal.isInteractive()
                ? new ConsoleProgressBarConsumer(terminal.err(), WIDTH)
                : new DelegatingProgressBarConsumer(line -> terminal.err().println(line), WIDTH);
        return new ProgressBarBuilder()
                .setTaskName("Merging")
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(consumer)
                .setUpdateIntervalMillis(terminal.isInteractive() ? 200 : Math.toIntExact(lineEvery.toMillis()))
                .setInitialMax(progress.total())
                .build();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        update();
        closed = true;
        ticker.shutdownNow();
        if (bar != null) {
            bar.close();
        }
    }
}
