package com.convmerge.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Settings of a {@link Sandbox}, and its start. */
public final class SandboxBuilder {

    /** What Intercom grants one app in a window of ten seconds. */
    public static final int INTERCOM_RATE_LIMIT = 1_666;

    static final int CALLS_KEPT = 10_000;

    Clock clock = Clock.systemUTC();
    int port;
    String token = Sandbox.TOKEN;
    int rateLimit = INTERCOM_RATE_LIMIT;
    Duration window = Duration.ofSeconds(10);
    FaultPlan faults = FaultPlan.none();
    String appIdCode = "sandbox";
    String region = "US";
    boolean retryAfter;
    boolean keepAllCalls;
    Consumer<Call> onCall = call -> {};
    final Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
    private Delays delays = Delays.NONE;
    private NoteVisibility noteVisibility = NoteVisibility.AT_ONCE;
    private String adminId = "991267459";

    SandboxBuilder() {}

    /** Sets the clock that times, rate windows and the {@code Date} header follow. */
    public SandboxBuilder clock(Clock value) {
        clock = value;
        return this;
    }

    /** Sets the port; 0, the default, takes any free one. */
    public SandboxBuilder port(int value) {
        port = value;
        return this;
    }

    /** Sets the access token that is accepted; {@link Sandbox#TOKEN} is the default. */
    public SandboxBuilder token(String value) {
        token = value;
        return this;
    }

    /** Sets how many calls a window allows; 0 means Intercom's 1,666. */
    public SandboxBuilder rateLimit(int perWindow) {
        if (perWindow < 0) {
            throw new IllegalArgumentException("rate limit must not be negative, but is " + perWindow);
        }
        rateLimit = perWindow == 0 ? INTERCOM_RATE_LIMIT : perWindow;
        return this;
    }

    /** Sets how long a rate window lasts, at least a millisecond; windows start at multiples of it. */
    public SandboxBuilder window(Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException("rate window must last a millisecond or longer, but is " + value);
        }
        window = value;
        return this;
    }

    /** Says whether a 429 names the seconds to wait in {@code Retry-After}; Intercom does not promise to. */
    public SandboxBuilder retryAfter(boolean value) {
        retryAfter = value;
        return this;
    }

    /** Sets how long each call takes; the effect comes first and the answer after that time. */
    public SandboxBuilder latency(Duration value) {
        delays = new Delays(value, delays.tailShare(), delays.tail());
        return this;
    }

    /** Sets how long a share of all calls takes instead. */
    public SandboxBuilder tailLatency(double share, Duration value) {
        delays = new Delays(delays.usual(), share, value);
        return this;
    }

    /** Sets what goes wrong. */
    public SandboxBuilder faults(FaultPlan value) {
        faults = value;
        return this;
    }

    /** Chooses how Intercom behaves where its documents say nothing. */
    public SandboxBuilder quirks(Quirk... values) {
        quirks.addAll(List.of(values));
        return this;
    }

    /** Sets the workspace's id, as links to its inbox have it. */
    public SandboxBuilder appIdCode(String value) {
        appIdCode = value;
        return this;
    }

    /** Sets the workspace's region: US, EU or AU. */
    public SandboxBuilder region(String value) {
        region = value;
        return this;
    }

    /** Sets the id of the admin whom the token belongs to: digits. */
    public SandboxBuilder adminId(String value) {
        adminId = value;
        return this;
    }

    /** Keeps a new note out of the next {@code reads} reads of its conversation. */
    public SandboxBuilder noteVisibleAfter(int reads) {
        noteVisibility = new NoteVisibility(reads, noteVisibility.time());
        return this;
    }

    /** Keeps a new note out of all reads until this time has passed on the clock. */
    public SandboxBuilder noteVisibleAfter(Duration time) {
        noteVisibility = new NoteVisibility(noteVisibility.reads(), time);
        return this;
    }

    /** Keeps all calls for {@link Sandbox#calls()} and not only the last 10,000. */
    public SandboxBuilder keepAllCalls(boolean value) {
        keepAllCalls = value;
        return this;
    }

    /**
     * Has this called for each call when its effect has happened and its answer has not left yet, on the thread of
     * its connection:
     * to do something at that very moment, or to hold the answer back.
     */
    public SandboxBuilder onCall(Consumer<Call> value) {
        onCall = value;
        return this;
    }

    /**
     * Starts listening.
     *
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public Sandbox start() {
        return new Sandbox(this);
    }

    AdminView admin() {
        return new AdminView(adminId, "Olivia Night", "olivia.night@example.com");
    }

    Delays delays() {
        return delays;
    }

    NoteVisibility noteVisibility() {
        return noteVisibility;
    }
}
