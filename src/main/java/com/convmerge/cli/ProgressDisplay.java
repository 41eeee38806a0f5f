package com.convmerge.cli;

import com.convmerge.job.RunProgress;
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

/** Shows how far a run is: a bar that is drawn again and again on a terminal, a line now and then in a log. */
final class ProgressDisplay implements AutoCloseable {
    private static final int WIDTH = 100;

    private final ProgressBar bar;
    private final RunProgress progress;
    private final ScheduledExecutorService ticker;

    /** @param lineEvery how often a line is written where nobody looks at it */
    ProgressDisplay(Terminal terminal, RunProgress progress, Duration lineEvery) {
        this.progress = progress;
        ProgressBarConsumer consumer = terminal.isInteractive()
                ? new ConsoleProgressBarConsumer(terminal.err(), WIDTH)
                : new DelegatingProgressBarConsumer(line -> terminal.err().println(line), WIDTH);
        bar = new ProgressBarBuilder()
                .setTaskName("merging")
                .setUnit(" requests", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(consumer)
                .setUpdateIntervalMillis(terminal.isInteractive() ? 200 : Math.toIntExact(lineEvery.toMillis()))
                .showSpeed()
                .build();
        ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        ticker.scheduleAtFixedRate(this::update, 0, 100, TimeUnit.MILLISECONDS);
    }

    private void update() {
        bar.maxHint(Math.max(progress.total(), progress.done()));
        bar.stepTo(progress.done());
        long failures = progress.failures();
        bar.setExtraMessage(" " + progress.step() + (failures == 0 ? "" : ", " + failures + " to the retry table"));
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        update();
        bar.close();
    }
}
