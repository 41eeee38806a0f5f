package com.convmerge.retries;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a request that failed is tried again.
 *
 * @param backoff how long after its first failure, its second and so on; after one more it is given up
 */
record RetryPolicy(List<Duration> backoff) {
    /** How long to wait after the {@code attempts}-th failure; empty if that was the last try. */
    Optional<Duration> after(int attempts) {
        return attempts <= backoff.size() ? Optional.of(backoff.get(attempts - 1)) : Optional.empty();
    }
}
