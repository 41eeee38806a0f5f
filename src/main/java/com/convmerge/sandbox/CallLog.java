package com.convmerge.sandbox;

import java.util.ArrayDeque;
import java.util.List;

/** The calls of late, oldest first; as a server runs for days, only the newest are kept unless all are wanted. */
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
        Integer status = call.status();
        if (status != null && status == 429) {
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
