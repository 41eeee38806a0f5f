package com.convmerge.run;

import com.convmerge.merge.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Ends the program if a run that lost its lease, or broke, does not end in order within a while. */
final class LastCall {
    private static final Duration PATIENCE = Duration.ofSeconds(24);

    private final SteadyClock clock;
    private final LastResort lastResort;
    private volatile @Nullable Instant since;

    LastCall(SteadyClock clock, LastResort lastResort) {
        this.clock = clock;
        this.lastResort = lastResort;
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
