package com.convmerge.sandbox;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Takes each call through token, limit, fault and effect to its answer. Called from one thread for each connection.
 */
final class SandboxDispatcher extends Dispatcher {

    /** What the dispatcher works with; {@code retryAfter} says whether 429 carries that header. */
    record Setup(
            Clock clock,
            Access access,
            RateWindow window,
            Endpoints endpoints,
            Delays delays,
            boolean retryAfter,
            Consumer<Call> log) {}

    private final Setup setup;
    private final Runnable drainQueue;
    private final AtomicLong arrived = new AtomicLong();
    private final OperationCounts counts = new OperationCounts();
    private volatile FaultPlan faults;

    SandboxDispatcher(Setup setup, FaultPlan faults, Runnable drainQueue) {
        this.setup = setup;
        this.faults = faults;
        this.drainQueue = drainQueue;
    }

    void faults(FaultPlan plan) {
        faults = plan;
    }

    @Override
    public MockResponse dispatch(RecordedRequest recorded) {
        drainQueue.run();
        Headers headers = recorded.getHeaders();
        Request request = Request.of(recorded, arrived.incrementAndGet(), counts);
        Exchange exchange = new Exchange(
                request, headers, setup.clock().instant(), setup.delays().of(request.arrival()), setup.log());
        try {
            setup.access().checkToken(headers.get("Authorization"));
            limit(exchange);
        } catch (Refused e) {
            return exchange.refused(e);
        }
        Fault fault = faults.faultFor(request.arrival()).orElse(null);
        if (fault != null && !fault.isAfterEffect()) {
            return exchange.faulty(fault, null);
        }
        return answer(request, exchange, fault, headers.get("Intercom-Version"));
    }

    private void limit(Exchange exchange) {
        RateWindow.Standing standing = setup.window().take();
        exchange.limit(standing);
        if (!standing.allowed()) {
            if (setup.retryAfter()) {
                exchange.retryAfter(standing.secondsLeft());
            }
            throw FaultAnswers.rateLimited();
        }
    }

    private MockResponse answer(Request request, Exchange exchange, @Nullable Fault fault, @Nullable String version) {
        Answer answer;
        try {
            Access.checkVersion(version, request.arrival().route());
            answer = setup.endpoints().answer(request);
        } catch (Refused e) {
            return fault == null ? exchange.refused(e) : exchange.faulty(fault, exchange.asAnswer(e));
        } catch (RuntimeException e) {
            // A bug of the sandbox must not look like a dropped connection.
            return exchange.refused(Refused.of(500, "server_error", "The sandbox itself failed: " + e));
        }
        return fault == null ? exchange.answered(answer) : exchange.faulty(fault, answer);
    }
}
