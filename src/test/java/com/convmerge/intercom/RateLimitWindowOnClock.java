package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A window, and a clock that only the test moves. */
abstract class RateLimitWindowOnClock {
    /** The beginning of a window, on Intercom's clock and on ours, which agree here. */
    static final Instant START = Instant.parse("2026-08-21T01:00:00Z");

    final RateLimitWindow window = new RateLimitWindow();
    Instant now = START;

    /** Makes one call, whose answer comes after 100 ms and makes the limit known. */
    void know(long limit, long remaining) {
        assertThat(take()).isZero();
        Instant sent = now;
        now = now.plusMillis(100);
        answer(sent, limit, remaining, START.plusSeconds(10));
        now = now.plusMillis(150);
    }

    void answer(Instant sent, long limit, long remaining, Instant ends) {
        RateHeaders headers =
                new RateHeaders(limit, remaining, ends, Instant.ofEpochSecond(now.getEpochSecond()), null);
        window.answered(sent, now, headers);
    }

    Duration take() {
        return window.take(now);
    }

    /** How many calls go if callers ask every millisecond for so long. The time passes on {@link #now}. */
    int letGoWithin(int millis) {
        int count = 0;
        for (int i = 0; i < millis; i++) {
            while (count < 10_000 && take().isZero()) {
                count++;
            }
            now = now.plusMillis(1);
        }
        return count;
    }

    static RateHeaders headers(Map<String, String> values) {
        return RateHeaders.read(name -> valueOf(values, name), START);
    }

    private static @Nullable String valueOf(Map<String, String> values, String name) {
        return values.get(name);
    }
}
