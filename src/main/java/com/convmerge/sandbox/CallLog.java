package com.convmerge.sandbox;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;

/**
 * Keeps the newest calls and counts all of them. The number of calls that it keeps is limited, as a server may run for
 * days.
 */
final class CallLog {
    private final int kept;
    private final ArrayDeque<Call> calls = new ArrayDeque<>();
    private long count;
    private long count429;

    CallLog(int kept) {
        this.kept = kept;
    }

    synchronized void add(Call call) {
        count++;
        if (Objects.equals(call.status(), 429)) {
            count429++;
        }
        if (calls.size() == kept) {
            calls.removeFirst();
        }
        calls.addLast(call);
    }

    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    synchronized long count() {
        return count;
    }

    synchronized long count429() {
        return count429;
    }
}
