package com.convmerge.batch;

import com.convmerge.merge.Sleeper;
import com.convmerge.merge.SteadyClock;
import com.convmerge.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Looks again and again for what is in doubt, until each doubt is settled. The run waits for that as long as the settle time, unless
 * its own time is up.
 */
record DoubtRounds(Settings settings, Clock wall, SteadyClock clock, Sleeper sleeper) {
    /** The longest sleep at a stretch, so that the end of the run is noticed soon. */
    private static final Duration NAP = Duration.ofSeconds(1);

    /**
     * Settles what is in {@code open}.
     *
     * @param look looks for these, and puts into {@code open} again what is still in doubt
     * @param giveUp takes what cannot be settled in this run
     */
    <I> void settle(MergeRun run, Queue<Doubt<I>> open, Consumer<List<I>> look, Consumer<Doubt<I>> giveUp) {
        Duration settleTime = settings.inDoubt().settleTime();
        Instant end = run.waits ? clock.instant().plus(settleTime) : clock.instant();
        List<Doubt<I>> waiting = drain(open);
        List<Doubt<I>> hopeless = new ArrayList<>();
        while (!waiting.isEmpty() && !run.cancellation.endsMerges()) {
            run.progress.waitsFor(waiting.size(), onTheWall(earlier(latest(waiting, settleTime), end)));
            Instant now = run.waits ? clock.instant() : Instant.MAX;
            Map<Boolean, List<Doubt<I>>> areDue = waiting.stream()
                    .collect(Collectors.partitioningBy(doubt -> !nextLook(doubt).isAfter(now)));
            List<Doubt<I>> due = areDue.getOrDefault(true, List.of());
            if (due.isEmpty()) {
                if (!nap(waiting)) {
                    return;
                }
                continue;
            }
            waiting = new ArrayList<>(areDue.getOrDefault(false, List.of()));
            Instant began = clock.instant();
            look.accept(due.stream().map(Doubt::item).toList());
            for (Doubt<I> still : drain(open)) {
                // What a read shows is as old as its beginning.
                Doubt<I> looked = still.lookedAtFrom(began);
                // What came into doubt only now may be found, although the run does not stay until it is settled for
                // good.
                boolean hasNextLook = looked.lookedAt().isBefore(looked.settledAt(settleTime))
                        && !nextLook(looked).isAfter(end);
                (hasNextLook ? waiting : hopeless).add(looked);
            }
        }
        run.progress.waitsFor(0, end);
        if (!run.cancellation.endsAll()) {
            hopeless.addAll(waiting);
            hopeless.forEach(giveUp);
        }
    }

    /** When a look decides for good what is in doubt, by the wall clock. */
    Instant settledAt(Doubt<?> doubt) {
        return onTheWall(doubt.settledAt(settings.inDoubt().settleTime()));
    }

    private Instant onTheWall(Instant time) {
        return wall.instant().plus(Duration.between(clock.instant(), time));
    }

    private Instant nextLook(Doubt<?> doubt) {
        return doubt.nextLook(settings.settle(), settings.inDoubt().settleTime());
    }

    /** Sleeps, but not past the next look; false if the thread is to end. */
    private <I> boolean nap(List<Doubt<I>> waiting) {
        Instant now = clock.instant();
        Duration untilNext = waiting.stream()
                .map(doubt -> Duration.between(now, nextLook(doubt)))
                .min(Duration::compareTo)
                .orElse(NAP);
        try {
            if (!untilNext.isNegative()) {
                sleeper.sleep(untilNext.compareTo(NAP) < 0 ? untilNext : NAP);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static <I> Instant latest(List<Doubt<I>> waiting, Duration settleTime) {
        return waiting.stream()
                .map(doubt -> doubt.settledAt(settleTime))
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static <I> List<Doubt<I>> drain(Queue<Doubt<I>> open) {
        List<Doubt<I>> drained = new ArrayList<>();
        for (Doubt<I> next = open.poll(); next != null; next = open.poll()) {
            drained.add(next);
        }
        return drained;
    }
}
