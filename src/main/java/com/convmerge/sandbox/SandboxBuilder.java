package com.convmerge.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Collects the settings of a {@link Sandbox} and starts it. */
public final class SandboxBuilder {
    static final int CALLS_KEPT = 10_000;

    Clock clock = Clock.systemUTC();
    int port;
    String token = Sandbox.TOKEN;
    int rateLimit = 1_666;
    FaultPlan faults = FaultPlan.none();
    DelayPlan lateEffects = DelayPlan.none();
    DelayPlan staleReads = DelayPlan.none();
    AnswerPlan answers = AnswerPlan.none();
    String appIdCode = "sandbox";
    String region = "US";
    boolean keepAllCalls;
    Consumer<Call> onCall = call -> {};
    final Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
    Delays delays = new Delays(Duration.ZERO, List.of());
    int noteHiddenForReads;
    Duration noteHiddenFor = Duration.ZERO;
    String adminId = "991267459";

    SandboxBuilder() {}

    /** Sets the clock for timestamps, rate windows and the {@code Date} header. */
    public SandboxBuilder clock(Clock value) {
        clock = value;
        return this;
    }

    /** Sets the port; 0, the default, means any free port. */
    public SandboxBuilder port(int value) {
        port = value;
        return this;
    }

    /** Sets the access token that is accepted; {@link Sandbox#TOKEN} is the default. */
    public SandboxBuilder token(String value) {
        token = value;
        return this;
    }

    /** Sets how many calls a rate window of ten seconds allows; Intercom's limit of 1,666 is the default. */
    public SandboxBuilder rateLimit(int perWindow) {
        rateLimit = perWindow;
        return this;
    }

    /** Sets how long each answer takes; the effect of the call happens before that time. */
    public SandboxBuilder latency(Duration value) {
        delays = delays.usually(value);
        return this;
    }

    /** Adds a longer time for a share of all calls, from 0 (none) to 1 (all). */
    public SandboxBuilder tailLatency(double share, Duration value) {
        delays = delays.and(new Delays.Tail(share, value));
        return this;
    }

    /** Sets which calls go wrong and how. */
    public SandboxBuilder faults(FaultPlan value) {
        faults = value;
        return this;
    }

    /**
     * Sets which effects of replies, state changes and tags happen late, on the clock, whatever the call is answered.
     * An answer without a fault shows the effect at once; everything else shows it when its time has come. With a fault
     * named {@code BEFORE} there is no effect, now or later.
     */
    public SandboxBuilder lateEffects(DelayPlan value) {
        lateEffects = value;
        return this;
    }

    /**
     * Sets which reads and searches return old data, as those of a replica do that lags behind, and how old it is. A
     * conversation exists from the start, as it was added, and is gone at once when it is deleted. The answer to a write
     * is never stale.
     */
    public SandboxBuilder staleReads(DelayPlan value) {
        staleReads = value;
        return this;
    }

    /** Sets which answers differ from the truth, and how. */
    public SandboxBuilder answers(AnswerPlan value) {
        answers = value;
        return this;
    }

    /** Selects behaviour that Intercom's documentation leaves open. */
    public SandboxBuilder quirks(Quirk... values) {
        quirks.addAll(List.of(values));
        return this;
    }

    /** Sets the workspace's id, which is part of the links to its inbox. */
    public SandboxBuilder appIdCode(String value) {
        appIdCode = value;
        return this;
    }

    /** Sets the workspace's region: US, EU or AU. */
    public SandboxBuilder region(String value) {
        region = value;
        return this;
    }

    /** Sets the id, in digits, of the admin whom the token belongs to. */
    public SandboxBuilder adminId(String value) {
        adminId = value;
        return this;
    }

    /** Hides a new note from the next {@code reads} reads of its conversation. */
    public SandboxBuilder noteVisibleAfter(int reads) {
        noteHiddenForReads = reads;
        return this;
    }

    /** Hides a new note from all reads until this time has passed on the clock. */
    public SandboxBuilder noteVisibleAfter(Duration time) {
        noteHiddenFor = time;
        return this;
    }

    /** Keeps all calls for {@link Sandbox#calls()} instead of only the newest 10,000. */
    public SandboxBuilder keepAllCalls(boolean value) {
        keepAllCalls = value;
        return this;
    }

    /**
     * Sets what runs for each call after its effect and before its answer, on the thread of its connection. This
     * lets a test act at that moment or hold the answer back.
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
}
