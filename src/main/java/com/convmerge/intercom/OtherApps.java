package com.convmerge.intercom;

/**
 * How much of each window is left for the workspace's other apps. As much as they took in the last window is left for them in this
 * one, because they may make their calls all at once, and late.
 */
final class OtherApps {
    /** 1/100 of what they leave is kept for calls of theirs that are not visible yet. */
    private static final long UNSEEN = 100;

    private long last;
    private boolean isRefused;

    /** Intercom has refused a call in this window, so that there was not enough for all. */
    void refused() {
        isRefused = true;
    }

    /** A window has ended, in which others made {@code calls} of the {@code limit}. */
    void windowEnded(long calls, long limit) {
        // Where there was not enough for all, they may have wanted more than they got.
        last = isRefused ? Math.max(calls, Math.min(2 * calls, limit / 2)) : calls;
        isRefused = false;
    }

    /** How many calls of the {@code limit} are still to be left for them in this window, in which they have made {@code calls}. */
    long reserve(long calls, long limit) {
        return Math.max(0, last - calls) + Math.max(0, limit - calls) / UNSEEN;
    }
}
