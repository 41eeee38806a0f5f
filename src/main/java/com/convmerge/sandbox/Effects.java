package com.convmerge.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When the effects of calls happen: at once, or late, at a given time of the clock. Whatever happens together has one
 * and the same time. Not thread-safe: the workspace's lock guards it.
 */
final class Effects {
    /** @param partId the id of the part that this effect adds, which the answer may have shown already; 0 if none */
    private record Late(Arrival call, Instant at, long partId, Runnable effect) {}

    private final Clock clock;
    private final PriorityQueue<Late> toCome = new PriorityQueue<>(
            Comparator.comparing(Late::at).thenComparing(late -> late.call().number()));
    private Instant now;
    private @Nullable Arrival call;
    private boolean previewing;
    private long lastPartId = 1_000_000;
    private long reservedPartId;

    Effects(Clock clock) {
        this.clock = clock;
        now = clock.instant();
    }

    /** Begins something new, now. */
    void begin() {
        begin(clock.instant());
    }

    /** Begins something new at this time: lets all late effects happen whose time has come, each at its own time. */
    void begin(Instant present) {
        while (!toCome.isEmpty() && !toCome.peek().at().isAfter(present)) {
            happen(toCome.remove());
        }
        now = present;
        call = null;
    }

    private void happen(Late late) {
        now = late.at();
        call = late.call();
        reservedPartId = late.partId();
        try {
            late.effect().run();
        } catch (Refused e) {
            // The workspace has changed since the call arrived; its conversation was deleted, for example.
        } finally {
            reservedPartId = 0;
        }
    }

    /** The time at which the present effect happens. */
    Instant now() {
        return now;
    }

    /** The call whose effect happens, or null if a teammate changes something in the inbox. */
    @Nullable
    Arrival call() {
        return call;
    }

    /** Says whether the present effect happens on a copy only, for the sake of the answer. */
    boolean isPreview() {
        return previewing;
    }

    /** How many effects are still to come. */
    int toCome() {
        return toCome.size();
    }

    /** Lets the effect of a call happen at once. */
    Answer happenNow(Arrival arrival, Supplier<Answer> effect) {
        call = arrival;
        return effect.get();
    }

    /**
     * Lets the effect of a call happen later.
     *
     * @param preview computes the answer without changing anything; the effect comes only if it says that there is one
     */
    Answer happenLater(Arrival arrival, Instant at, Supplier<Answer> preview, Runnable effect) {
        long before = lastPartId;
        call = arrival;
        previewing = true;
        try {
            Answer answer = preview.get();
            if (answer.effect()) {
                toCome.add(new Late(arrival, at, lastPartId > before ? lastPartId : 0, effect));
            }
            return answer;
        } finally {
            previewing = false;
        }
    }

    String nextPartId() {
        if (reservedPartId == 0) {
            return String.valueOf(++lastPartId);
        }
        long reserved = reservedPartId;
        reservedPartId = 0;
        return String.valueOf(reserved);
    }
}
