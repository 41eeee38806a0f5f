package com.convmerge.retries;

import com.convmerge.merge.ConfigurationProblem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a request that failed is tried again.
 *
 * @param backoff how long after its first failure, its second and so on; after one more it is given up
 */
@ConfigurationProperties(prefix = "convmerge.retries", ignoreUnknownFields = false)
public record RetryPolicy(
        @DefaultValue({"15m", "1h", "4h", "12h", "24h"}) List<Duration> backoff) {
    /** Throws {@link ConfigurationProblem} for a wait that is not one. */
    public RetryPolicy {
        backoff = List.copyOf(backoff);
        for (Duration wait : backoff) {
            if (wait.isNegative()) {
                throw new ConfigurationProblem("convmerge.retries.backoff has " + wait + "; expected no negative time");
            }
        }
    }

    /** How long to wait after the {@code attempts}-th failure; empty if that was the last try. */
    public Optional<Duration> after(int attempts) {
        return attempts <= backoff.size() ? Optional.of(backoff.get(attempts - 1)) : Optional.empty();
    }
}
