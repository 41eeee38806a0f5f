package com.convmerge.run;

import com.convmerge.batch.RunCancellation;
import com.convmerge.merge.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Ends what does not end by itself: first the calls of a run that is ending, at last the program. */
final class LastCall {
    /**
     * How long requests in flight may make further calls once the run is ending. With the time-out of a call, 20 s, and a beat,
     * the run ends within 30 s, which is what service managers and Kubernetes wait before they kill.
     */
    private static final Duration GRACE = Duration.ofSeconds(7);

    /** How long a run that has lost its lease, or broke, has to end in order. */
    private static final Duration PATIENCE = Duration.ofSeconds(24);

    private final SteadyClock clock;
    private final LastResort lastResort;
    private volatile @Nullable Instant since;
    private volatile @Nullable Instant endingSince;

    LastCall(SteadyClock clock, LastResort lastResort) {
        this.clock = clock;
        this.lastResort = lastResort;
    }

    /** Lets no call leave any more once the run has been ending for a while. */
    void haltAfterGrace(RunCancellation cancellation) {
        if (!cancellation.endsAll()) {
            return;
        }
        Instant now = clock.instant();
        Instant began = Objects.requireNonNullElse(endingSince, now);
        endingSince = began;
        if (!now.isBefore(began.plus(GRACE))) {
            cancellation.haltCalls();
        }
    }

    /** From now on the run must end. */
    void begin() {
        if (since == null) {
            since = clock.instant();
        }
    }

    /** Ends the program if the run has had its time; {@code why} is what the run ended for. */
    void check(String why) {
        Instant began = since;
        if (began != null && !clock.instant().isBefore(began.plus(PATIENCE))) {
            lastResort.end(why);
        }
    }
}
