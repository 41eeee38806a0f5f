package com.convmerge.sandbox;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Handles each call in this order: token, rate limit, fault, effect, answer. The server runs it on one thread for each
 * connection.
 */
final class SandboxDispatcher extends Dispatcher {
    /** Counts the attempts of each operation. It forgets the least recently used ones, as a server may run for days. */
    private static final class Attempts extends LinkedHashMap<String, Integer> {
        private static final long serialVersionUID = 1L;
        private static final int KEPT = 200_000;

        Attempts() {
            super(1024, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > KEPT;
        }

        synchronized int next(String operation) {
            return merge(operation, 1, Integer::sum);
        }
    }

    final Access access;
    final RateWindow window;
    final CallLog log;
    private final MockWebServer server;
    final Endpoints endpoints;
    private final Clock clock;
    private final Delays delays;
    private final Consumer<Call> onCall;
    private final AtomicLong arrived = new AtomicLong();
    private final Attempts attempts = new Attempts();
    volatile FaultPlan faults;
    volatile DelayPlan lateEffects;
    volatile DelayPlan staleReads;
    volatile AnswerPlan answers;

    SandboxDispatcher(SandboxBuilder setup, MockWebServer server, SandboxWorkspace workspace) {
        this.server = server;
        access = new Access(setup.token);
        window = new RateWindow(setup.clock, setup.rateLimit);
        log = new CallLog(setup.keepAllCalls ? Integer.MAX_VALUE : SandboxBuilder.CALLS_KEPT);
        endpoints = new Endpoints(workspace);
        clock = setup.clock;
        delays = setup.delays;
        onCall = setup.onCall;
        faults = setup.faults;
        lateEffects = setup.lateEffects;
        staleReads = setup.staleReads;
        answers = setup.answers;
    }

    @Override
    public MockResponse dispatch(RecordedRequest recorded) {
        drainQueue();
        Headers headers = recorded.getHeaders();
        Request request = Request.of(recorded, arrived.incrementAndGet(), clock.instant(), attempts::next);
        Arrival arrival = request.arrival();
        Function<String, HttpAnswer> change = answers.changeFor(arrival)
                .map(found -> changing(arrival, found))
                .orElse(null);
        Exchange exchange = new Exchange(arrival, headers, delays.of(arrival), change, this::log);
        try {
            access.checkToken(headers.get("Authorization"));
            limit(exchange);
        } catch (Refused e) {
            return exchange.refused(e);
        }
        Fault fault = faults.faultFor(arrival).orElse(null);
        if (fault != null && !fault.isAfterEffect()) {
            return exchange.faulty(fault, null);
        }
        return answer(request, exchange, fault, headers.get("Intercom-Version"));
    }

    private Function<String, HttpAnswer> changing(Arrival arrival, AnswerChange change) {
        return body -> {
            HttpAnswer answer = new HttpAnswer(arrival, body, endpoints::conversation);
            change.change(answer);
            return answer;
        };
    }

    /** Empties the queue in which MockWebServer keeps every request. Nothing reads it, so it would grow without end. */
    private void drainQueue() {
        try {
            while (server.takeRequest(0, TimeUnit.NANOSECONDS) != null) {
                // The call log has this request already.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void log(Call call) {
        log.add(call);
        onCall.accept(call);
    }

    private void limit(Exchange exchange) {
        RateWindow.Standing standing = window.take();
        exchange.limit(standing);
        if (!standing.allowed()) {
            throw Refused.of(429, "rate_limit_exceeded", "Exceeded rate limit for this app");
        }
    }

    private MockResponse answer(Request request, Exchange exchange, @Nullable Fault fault, @Nullable String version) {
        Answer answer;
        try {
            Access.checkVersion(version, request.arrival().route());
            answer = endpoints.answer(
                    request, lateEffects.delayOf(request.arrival()), staleReads.delayOf(request.arrival()));
        } catch (Refused e) {
            return fault == null ? exchange.refused(e) : exchange.faulty(fault, exchange.error(e));
        } catch (RuntimeException e) {
            // A bug of the sandbox must not look like a dropped connection.
            return exchange.refused(Refused.of(500, "server_error", "The sandbox itself failed: " + e));
        }
        return fault == null ? exchange.answered(answer) : exchange.faulty(fault, answer);
    }
}
