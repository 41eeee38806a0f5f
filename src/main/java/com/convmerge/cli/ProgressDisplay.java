package com.convmerge.cli;

import com.convmerge.run.Progress;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Shows the progress of a run: as a bar that is redrawn on a terminal, or as a line at intervals in a log. */
final class ProgressDisplay implements AutoCloseable {
    private static final int WIDTH = 120;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final Terminal terminal;
    private final Supplier<Optional<Progress>> source;
    private final Duration lineEvery;
    private final Consumer<Throwable> onError;
    private final ZoneId zone;
    private final ScheduledExecutorService ticker;
    private @Nullable ProgressBar bar;
    private boolean closed;

    /**
     * @param lineEvery the interval between two lines in a log
     * @param zone the operator's
     * @param onError takes what no program can go on with, such as a lack of memory
     */
    ProgressDisplay(
            Terminal terminal,
            Supplier<Optional<Progress>> source,
            Duration lineEvery,
            ZoneId zone,
            Consumer<Throwable> onError) {
        this.terminal = terminal;
        this.source = source;
        this.lineEvery = lineEvery;
        this.zone = zone;
        this.onError = onError;
        ticker = Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("progress-"));
        ticker.scheduleAtFixedRate(this::tick, 0, 100, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            update();
        } catch (Error e) {
            onError.accept(e);
            throw e;
        }
    }

    /** Shows nothing before the total is known, and nothing for a run without requests. */
    private synchronized void update() {
        Progress progress = source.get().orElse(null);
        if (closed || progress == null || progress.total() == 0) {
            return;
        }
        if (bar == null) {
            bar = newBar(progress.total());
        }
        bar.maxHint(Math.max(progress.total(), progress.done()));
        bar.stepTo(progress.done());
        bar.setExtraMessage(remark(progress));
    }

    private String remark(Progress progress) {
        String failed = progress.failures() == 0 ? "" : progress.failures() + " failed";
        if (progress.waitsUntil() == null) {
            return failed;
        }
        String until = TIME.format(progress.waitsUntil().atZone(zone));
        String waits = progress.inDoubt() == 0
                ? "Intercom asks to wait until " + until
                : "waits for " + progress.inDoubt() + " in doubt, until " + until + " at most";
        return failed.isEmpty() ? waits : failed + "; " + waits;
    }

    private ProgressBar newBar(long total) {
        ProgressBarConsumer consumer = terminal.isInteractive()
                ? new ConsoleProgressBarConsumer(terminal.screen(), WIDTH)
                : new DelegatingProgressBarConsumer(terminal::remark, WIDTH);
        return new ProgressBarBuilder()
                .setTaskName("Merging")
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(consumer)
                .setUpdateIntervalMillis(terminal.isInteractive() ? 200 : Math.toIntExact(lineEvery.toMillis()))
                .setInitialMax(total)
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
