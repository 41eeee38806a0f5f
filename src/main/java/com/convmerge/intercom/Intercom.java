package com.convmerge.intercom;

import com.convmerge.merge.Failure;
import java.util.function.BooleanSupplier;
import okhttp3.OkHttpClient;

/** The way to Intercom, which can be shut. */
public final class Intercom implements AutoCloseable {
    static final String HALTED = "halted";
    static final String TIMED_OUT = "timed_out";

    private final IntercomClient conversations;
    private final RateLimiter turnstile;
    private final OkHttpClient client;

    Intercom(IntercomClient conversations, RateLimiter turnstile, OkHttpClient client) {
        this.conversations = conversations;
        this.turnstile = turnstile;
        this.client = client;
    }

    IntercomClient conversations() {
        return conversations;
    }

    /** Whether a call failed because no call may leave any more. */
    public static boolean isHalted(Failure failure) {
        return failure.code().equals(HALTED);
    }

    /** Whether it was we who gave a call up, so that Intercom may be at work on it still. */
    public static boolean isTimedOut(Failure failure) {
        return failure.code().equals(TIMED_OUT);
    }

    /** From now on no call leaves; those under way end as they end. */
    public void halt() {
        turnstile.halt();
    }

    /** Calls may leave again: another run begins. */
    public void open() {
        turnstile.open();
    }

    /**
     * Calls leave only while {@code leave} says so, which is asked last as a call leaves; one that has not left waits. For a
     * lock that may be lost while a caller is held up.
     */
    public void onlyWhile(BooleanSupplier leave) {
        turnstile.onlyWhile(leave);
    }

    /** Gives the connections back. */
    @Override
    public void close() {
        halt();
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }
}
