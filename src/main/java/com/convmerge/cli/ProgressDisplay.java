package com.convmerge.cli;

import com.convmerge.merge.ShownTime;
import com.convmerge.run.Progress;
import java.time.Duration;
import java.time.ZoneId;
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

/**
 * Shows the progress of a run, a bar for each step that takes long: redrawn on a terminal, as a line at intervals in a log. Who ends the
 * run sees at once that it ends, and again every few seconds.
 */
final class ProgressDisplay implements AutoCloseable {
    private static final int WIDTH = 120;
    private static final String MERGING = "Merging";
    private static final String UNDOING = "Taking back";
    private static final String TELLING = "Telling parents";
    private static final int TICK_MILLIS = 100;
    /** A step whose length nobody knows gets a bar only if it takes longer than this. */
    private static final int TICKS_WITHOUT_BAR = 20;

    private static final int TICKS_BETWEEN_REMARKS = 50;

    private final Terminal terminal;
    private final Supplier<Optional<Progress>> source;
    private final Duration lineEvery;
    private final Consumer<Throwable> onError;
    private final ZoneId zone;
    private final ScheduledExecutorService ticker;
    private @Nullable ProgressBar bar;
    private String shown = "";
    private volatile String lastLine = "";
    private String step = "";
    private int ticksOfStep;
    private int ticksToRemark;
    private boolean closed;

    /**
     * What a bar shows.
     *
     * @param total -1 if nobody knows it
     */
    private record Stage(String name, long total, long done) {}

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
        ticker.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            update();
        } catch (Error e) {
            onError.accept(e);
            throw e;
        }
    }

    private synchronized void update() {
        Progress progress = source.get().orElse(null);
        if (closed || progress == null) {
            return;
        }
        ticksOfStep = step.equals(progress.step()) ? ticksOfStep + 1 : 0;
        step = progress.step();
        sayThatItEnds(progress);
        Stage stage = stage(progress);
        if (stage.total() < 0 && !stage.name().equals(shown) && ticksOfStep < TICKS_WITHOUT_BAR) {
            return;
        }
        if (bar == null || !stage.name().equals(shown)) {
            closeBar(progress);
            bar = newBar(stage, progress);
            shown = stage.name();
        }
        draw(bar, stage, progress);
    }

    private void draw(ProgressBar shownBar, Stage stage, Progress progress) {
        if (stage.total() >= 0) {
            shownBar.maxHint(Math.max(stage.total(), stage.done()));
            shownBar.stepTo(stage.done());
        }
        shownBar.setExtraMessage(remark(progress));
    }

    private static Stage stage(Progress progress) {
        return switch (progress.step()) {
            case "starting", "preflight" -> new Stage("Asking Intercom", -1, 0);
            case "resolveSurvivors" -> new Stage("Deciding", -1, 0);
            case "notifyParents", "tellOfUndone", "settleNotes" -> telling(progress);
            case "undoMerges", "settleUndone" -> dealingWith(UNDOING, progress);
            case "writeReport" -> new Stage("Writing the report", -1, 0);
            default -> dealingWith(MERGING, progress);
        };
    }

    private static Stage dealingWith(String requests, Progress progress) {
        return new Stage(requests, progress.total() == 0 ? -1 : progress.total(), progress.done());
    }

    private static Stage telling(Progress progress) {
        return new Stage(TELLING, progress.parentsTotal() == 0 ? -1 : progress.parentsTotal(), progress.parentsDone());
    }

    /** On a terminal the bar says it; a log, or a terminal without a bar yet, gets a line. */
    private void sayThatItEnds(Progress progress) {
        if (progress.finishing() == null || terminal.isInteractive() && bar != null) {
            return;
        }
        if (ticksToRemark-- <= 0) {
            terminal.remark("Stopping; finishing " + progress.finishing() + " in hand.");
            ticksToRemark = TICKS_BETWEEN_REMARKS;
        }
    }

    /** A bar that ends shows how far its step has come, which may have moved on since the last look. */
    private void closeBar(@Nullable Progress progress) {
        if (bar == null) {
            return;
        }
        if (progress != null && (shown.equals(MERGING) || shown.equals(UNDOING))) {
            draw(bar, dealingWith(shown, progress), progress);
        } else if (progress != null && shown.equals(TELLING)) {
            draw(bar, telling(progress), progress);
        }
        bar.close();
        bar = null;
    }

    private String remark(Progress progress) {
        if (progress.finishing() != null) {
            return "stopping; finishing " + progress.finishing();
        }
        String notMerged = progress.notMerged() == 0 ? "" : progress.notMerged() + " not merged";
        if (progress.waitsUntil() == null) {
            return notMerged;
        }
        String until = ShownTime.in(zone, progress.waitsUntil());
        String waits = progress.inDoubt() == 0
                ? "Intercom asks to wait until " + until
                : "waits for " + progress.inDoubt() + " in doubt, until " + until;
        return notMerged.isEmpty() ? waits : notMerged + "; " + waits;
    }

    /** At its end a bar is drawn once more, which a log has as a line already. */
    private void remarkOnce(String line) {
        if (!line.equals(lastLine)) {
            terminal.remark(line);
            lastLine = line;
        }
    }

    private ProgressBar newBar(Stage stage, Progress progress) {
        ProgressBarConsumer consumer = terminal.isInteractive()
                ? new ConsoleProgressBarConsumer(terminal.screen(), terminal.widthUpTo(WIDTH))
                : new DelegatingProgressBarConsumer(this::remarkOnce, WIDTH);
        return new ProgressBarBuilder()
                .setTaskName(stage.name())
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(consumer)
                .setUpdateIntervalMillis(terminal.isInteractive() ? 200 : Math.toIntExact(lineEvery.toMillis()))
                .setInitialMax(stage.total())
                // What was done in a moment before says nothing about the pace.
                .startsFrom(stage.name().equals(MERGING) ? progress.rejectedAtOnce() : 0, Duration.ZERO)
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
        closeBar(source.get().orElse(null));
    }
}
