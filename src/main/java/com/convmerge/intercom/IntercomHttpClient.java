package com.convmerge.intercom;

import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.Sleeper;
import com.convmerge.merge.SteadyClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Makes calls: waits for the rate limiter, sends, learns from the headers, classifies failures, and tries again what is safe to
 * try again.
 */
final class IntercomHttpClient {
    private static final String RETRY_AFTER = "Retry-After";
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    private final OkHttpClient client;
    private final RateLimiter limiter;
    private final RateLimitWindow window;
    private final Clock wall;
    private final SteadyClock clock;
    private final Sleeper sleeper;
    private final int tries;
    private final Duration backoff;

    IntercomHttpClient(
            OkHttpClient client,
            RateLimiter limiter,
            RateLimitWindow window,
            Clock wall,
            SteadyClock clock,
            Sleeper sleeper,
            int tries,
            Duration backoff) {
        this.client = client.newBuilder()
                // A redirected POST would be a second one.
                .followRedirects(false)
                .followSslRedirects(false)
                // Each call has to pass the rate limiter, so OkHttp must not send any again by itself, not even reads.
                .retryOnConnectionFailure(false)
                .addNetworkInterceptor(this::leave)
                .build();
        this.limiter = limiter;
        this.window = window;
        this.wall = wall;
        this.clock = clock;
        this.sleeper = sleeper;
        this.tries = tries;
        this.backoff = backoff;
    }

    /**
     * Lets the request leave and notes that it did, unless it may not leave any more: connecting takes time, and the process may
     * have been suspended meanwhile. Hides {@code Retry-After} from OkHttp, which would send the request again on a 503 with 0, and
     * throws a NumberFormatException on one with 10 digits.
     */
    private Response leave(Interceptor.Chain chain) throws IOException {
        if (!limiter.mayLeave()) {
            throw new HeldBack();
        }
        Sending sending = Objects.requireNonNull(chain.request().tag(Sending.class));
        sending.hasLeft = true;
        Response response = chain.proceed(chain.request());
        sending.retryAfter = response.header(RETRY_AFTER);
        return response.newBuilder().removeHeader(RETRY_AFTER).build();
    }

    /** A call that changes nothing: tried again after any passing failure. */
    <T> Answer<T> read(Supplier<Request> request, AnswerReader<T> reader) {
        return call(Departure.REPEATABLE, request, reader, FailureKind::isPassing);
    }

    /** A call that changes something: tried again only if it was not sent for sure, and not if {@code departure} forbids it. */
    <T> Answer<T> write(Departure departure, Supplier<Request> request, AnswerReader<T> reader) {
        Answer<T> answer = call(departure, request, reader, kind -> kind == FailureKind.NOT_SENT);
        return answer instanceof Answer.Failed<T> failed
                ? new Answer.Failed<>(IntercomFailure.ofWrite(failed.failure()))
                : answer;
    }

    private <T> Answer<T> call(
            Departure departure, Supplier<Request> request, AnswerReader<T> reader, Predicate<FailureKind> again) {
        try {
            for (int attempt = 1; ; attempt++) {
                Answer<T> answer = inTurn(departure, request, reader);
                boolean tryAgain = answer instanceof Answer.Failed<T> failed
                        && again.test(failed.failure().kind());
                if (!tryAgain || attempt >= tries) {
                    return answer;
                }
                sleeper.sleep(backoffBefore(attempt + 1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed<>(Intercom.halted());
        }
    }

    private <T> Answer<T> inTurn(Departure departure, Supplier<Request> request, AnswerReader<T> reader)
            throws InterruptedException {
        for (Optional<Failure> noTurn = limiter.acquire(); ; noTurn = limiter.acquire()) {
            if (noTurn.isPresent()) {
                return new Answer.Failed<>(noTurn.get());
            }
            Request prepared;
            try {
                Optional<Failure> forbidden = departure.prepare();
                if (forbidden.isPresent()) {
                    window.lost(clock.instant());
                    return new Answer.Failed<>(forbidden.get());
                }
                prepared = request.get();
            } catch (RuntimeException e) {
                window.lost(clock.instant());
                throw e;
            }
            try {
                return once(prepared, reader);
            } catch (HeldBack e) {
                // It waits for its turn again. This does not count as a try.
            }
        }
    }

    private <T> Answer<T> once(Request request, AnswerReader<T> reader) throws HeldBack {
        // Before the request begins to leave nothing can have happened at Intercom.
        Sending sending = new Sending();
        Instant sentAt = clock.instant();
        boolean counted = false;
        try (Response response = client.newCall(
                        request.newBuilder().tag(Sending.class, sending).build())
                .execute()) {
            counted = true;
            learn(sentAt, response, sending.retryAfter);
            String location = response.isRedirect() ? response.header("Location") : null;
            Optional<T> elsewhere = location == null ? Optional.empty() : reader.redirected(location);
            if (elsewhere.isPresent()) {
                return new Answer.Ok<>(elsewhere.get(), response.code());
            }
            if (!response.isSuccessful()) {
                String error = new String(BoundedBody.beginning(response.body()), StandardCharsets.UTF_8);
                return new Answer.Failed<>(IntercomFailure.of(response.code(), error));
            }
            Optional<byte[]> body = BoundedBody.whole(response.body());
            return body.isPresent()
                    ? readable(response.code(), body.get(), reader)
                    : new Answer.Failed<>(IntercomFailure.unreadable(
                            response.code(), "the answer is longer than " + BoundedBody.LONGEST / 1024 / 1024 + " MB"));
        } catch (HeldBack e) {
            throw e;
        } catch (IOException e) {
            return new Answer.Failed<>(IntercomFailure.noAnswer(sending.hasLeft, e));
        } finally {
            if (!counted) {
                window.lost(sentAt);
            }
        }
    }

    private void learn(Instant sentAt, Response response, @Nullable String retryAfter) {
        RateHeaders headers =
                RateHeaders.read(name -> name.equals(RETRY_AFTER) ? retryAfter : response.header(name), wall.instant());
        Instant receivedAt = clock.instant();
        window.answered(sentAt, receivedAt, headers);
        if (response.code() == 429 || response.code() == 503 && headers.retryAfter() != null) {
            window.refused(receivedAt, headers);
        } else {
            window.granted(receivedAt, headers);
        }
    }

    private static <T> Answer<T> readable(int status, byte[] body, AnswerReader<T> reader) {
        try {
            return new Answer.Ok<>(reader.read(body), status);
        } catch (JacksonException | IntercomJson.UnreadableAnswer e) {
            String why = e instanceof JacksonException ? "the answer is not JSON" : String.valueOf(e.getMessage());
            return new Answer.Failed<>(IntercomFailure.unreadable(status, why));
        }
    }

    /** Before the second try {@code backoff}, then twice as long each time. After a 429 the rate limiter waits as well. */
    private Duration backoffBefore(int attempt) {
        Duration wait = backoff.multipliedBy(1L << Math.min(attempt - 2, 10));
        return wait.compareTo(LONGEST_BACKOFF) < 0 ? wait : LONGEST_BACKOFF;
    }

    /** What is known of a request on its way. It is written and read by the thread of its caller, which OkHttp works on. */
    private static final class Sending {
        private boolean hasLeft;
        private @Nullable String retryAfter;
    }

    /** The request may not leave any more. */
    private static final class HeldBack extends IOException {
        private static final long serialVersionUID = 1;
    }
}
