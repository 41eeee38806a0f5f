package com.convmerge.batch;

/** Counts the requests in hand, so that a run says that it ended only when none is left. */
final class InFlightRequests {
    private int count;

    synchronized void enter() {
        count++;
    }

    synchronized void leave() {
        count--;
        if (count == 0) {
            notifyAll();
        }
    }

    /** Returns when none is in hand. */
    synchronized void awaitNone() throws InterruptedException {
        while (count > 0) {
            wait();
        }
    }
}
