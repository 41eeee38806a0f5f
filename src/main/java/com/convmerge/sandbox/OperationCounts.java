package com.convmerge.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the attempts of each operation; forgets those longest untouched, so that a server may run for days. */
final class OperationCounts {

    private static final int KEPT = 200_000;

    private final Map<String, Integer> counts = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > KEPT;
        }
    };

    synchronized int next(String operation) {
        return counts.merge(operation, 1, Integer::sum);
    }
}
