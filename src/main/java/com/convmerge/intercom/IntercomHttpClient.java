package com.convmerge.intercom;

import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.Sleeper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import tools.jackson.core.JacksonException;

/** Makes one call: waits for the budget, sends, learns from the headers, classifies, and tries again what is safe to. */
final class IntercomHttpClient {
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    private final OkHttpClient client;
    private final RateLimiter turnstile;
    private final RateLimitWindow budget;
    private final Clock clock;
    private final Sleeper sleeper;
    private final int tries;
    private final Duration backoff;

    IntercomHttpClient(
            OkHttpClient client,
            RateLimiter turnstile,
            RateLimitWindow budget,
            Clock clock,
            Sleeper sleeper,
            int tries,
            Duration backoff) {
        this.client = client.newBuilder()
                // A redirected POST would be a second one.
                .followRedirects(false)
                .followSslRedirects(false)
                // Each call passes the turnstile: OkHttp is to send none again by itself, reads neither.
                .retryOnConnectionFailure(false)
                .addNetworkInterceptor(this::leave)
                .build();
        this.turnstile = turnstile;
        this.budget = budget;
        this.clock = clock;
        this.sleeper = sleeper;
        this.tries = tries;
        this.backoff = backoff;
    }

    /**
     * Notes that the request leaves, unless it may not leave any more: to connect takes its time, and so does being frozen.
     * Hides the {@code Retry-After: 0} of a 503, on which OkHttp would send it again.
     */
    private Response leave(Interceptor.Chain chain) throws IOException {
        if (!turnstile.mayLeave()) {
            throw new HeldBack();
        }
        RequestLeft left = chain.request().tag(RequestLeft.class);
        if (left != null) {
            left.left.set(true);
        }
        Response response = chain.proceed(chain.request());
        return response.code() == 503
                ? response.newBuilder().removeHeader("Retry-After").build()
                : response;
    }

    /** A call that changes nothing: tried again after any passing failure. */
    <T> Answer<T> read(Supplier<Request> request, Function<byte[], T> reader) {
        return call(request, reader, FailureKind::isPassing);
    }

    /** A call that changes something: tried again only if it was not sent for sure. */
    <T> Answer<T> write(Supplier<Request> request, Function<byte[], T> reader) {
        return call(request, reader, kind -> kind == FailureKind.NOT_SENT);
    }

    private <T> Answer<T> call(
            Supplier<Request> request, Function<byte[], T> reader, Function<FailureKind, Boolean> again) {
        try {
            for (int attempt = 1; ; attempt++) {
                Answer<T> answer = inTurn(request, reader);
                if (answer instanceof Answer.Failed<T> failed
                        && attempt < tries
                        && again.apply(failed.failure().kind())) {
                    sleeper.sleep(backoffBefore(attempt + 1));
                    continue;
                }
                return answer;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed<>(halted());
        }
    }

    private <T> Answer<T> inTurn(Supplier<Request> request, Function<byte[], T> reader) throws InterruptedException {
        while (turnstile.pass()) {
            try {
                return once(request.get(), reader);
            } catch (HeldBack e) {
                // It waits for its turn again; that was no try.
            }
        }
        return new Answer.Failed<>(halted());
    }

    private <T> Answer<T> once(Request request, Function<byte[], T> reader) throws HeldBack {
        RequestLeft left = new RequestLeft();
        Instant sentAt = clock.instant();
        boolean counted = false;
        try (Response response = client.newCall(
                        request.newBuilder().tag(RequestLeft.class, left).build())
                .execute()) {
            RateHeaders headers = RateHeaders.read(response::header);
            counted = true;
            budget.answered(sentAt, clock.instant(), headers);
            if (response.code() == 429) {
                budget.refused(clock.instant(), headers);
            }
            byte[] body = response.body().bytes();
            return response.isSuccessful()
                    ? readable(response.code(), body, reader)
                    : new Answer.Failed<>(IntercomFailure.of(
                            response.code(), new String(body, java.nio.charset.StandardCharsets.UTF_8)));
        } catch (HeldBack e) {
            throw e;
        } catch (IOException e) {
            return new Answer.Failed<>(IntercomFailure.noAnswer(left.left.get(), e));
        } finally {
            if (!counted) {
                budget.lost(sentAt);
            }
        }
    }

    private static <T> Answer<T> readable(int status, byte[] body, Function<byte[], T> reader) {
        try {
            return new Answer.Ok<>(reader.apply(body), status);
        } catch (JacksonException | IntercomJson.UnreadableAnswer e) {
            String why = e instanceof JacksonException ? "the answer is not JSON" : String.valueOf(e.getMessage());
            return new Answer.Failed<>(IntercomFailure.unreadable(status, why));
        }
    }

    /** Before the second try {@code backoff}, then twice as long each time. A 429 is waited for at the turnstile besides. */
    private Duration backoffBefore(int attempt) {
        Duration wait = backoff.multipliedBy(1L << Math.min(attempt - 2, 10));
        return wait.compareTo(LONGEST_BACKOFF) < 0 ? wait : LONGEST_BACKOFF;
    }

    private static Failure halted() {
        return Failure.withoutAnswer(FailureKind.STOPS_THE_RUN, Intercom.HALTED, "not sent: the run is ending");
    }

    /** The request may not leave any more. */
    private static final class HeldBack extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Whether the request began to leave: before that, nothing can have happened at Intercom. */
    private static final class RequestLeft {
        private final AtomicBoolean left = new AtomicBoolean();
    }
}
