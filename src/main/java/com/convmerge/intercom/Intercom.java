package com.convmerge.intercom;

import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.Sleeper;
import com.convmerge.merge.SteadyClock;
import com.convmerge.settings.IntercomSettings;
import com.convmerge.settings.Settings;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/** The connections to one workspace of Intercom, and its rate limit, which all runs of this program share. */
public final class Intercom implements AutoCloseable {
    static final String HALTED = "halted";

    /** As many as there may ever be calls at once, so that no connection is closed only to be opened again. */
    private static final int IDLE_CONNECTIONS = 256;

    private final IntercomSettings settings;
    private final RateLimitWindow window;
    private final Clock wall;
    private final SteadyClock clock;
    private final Sleeper sleeper;
    private final OkHttpClient connections;

    /** Throws {@link com.convmerge.merge.ConfigurationProblem} if no call could be made with these settings. */
    Intercom(Settings all, RateLimitWindow window, Clock wall, SteadyClock clock, Sleeper sleeper) {
        this.settings = all.intercom().checked();
        this.window = window;
        this.wall = wall;
        this.clock = clock;
        this.sleeper = sleeper;
        this.connections = new OkHttpClient.Builder()
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.callTimeout())
                .writeTimeout(settings.callTimeout())
                .callTimeout(settings.callTimeout())
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 5, TimeUnit.MINUTES))
                .build();
    }

    /** A client whose calls leave only while {@code permit} lets them. */
    public IntercomClient client(CallPermit permit) {
        RateLimiter limiter = new RateLimiter(window, permit, wall, clock, sleeper, settings.longestWait());
        IntercomHttpClient calls = new IntercomHttpClient(
                connections, limiter, window, wall, clock, sleeper, settings.tries(), settings.backoff());
        return new IntercomClient(calls, settings.api(), settings.accessToken());
    }

    /** What a call fails with that may not leave any more. */
    public static Failure halted() {
        return Failure.withoutAnswer(FailureKind.STOPS_THE_RUN, HALTED, "not sent: the run is ending");
    }

    /** What a call fails with that Intercom lets leave too late for this run. Every other call would wait as long. */
    static Failure askedToWait(String message) {
        return Failure.withoutAnswer(FailureKind.STOPS_THE_RUN, "asked_to_wait", message);
    }

    /** Whether a call failed because no call may leave any more. */
    public static boolean isHalted(Failure failure) {
        return failure.code().equals(HALTED);
    }

    /** Closes the connections. */
    @Override
    public void close() {
        connections.connectionPool().evictAll();
        connections.dispatcher().executorService().shutdown();
    }
}
