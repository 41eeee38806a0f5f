package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import java.io.IOException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ByteString;
import okio.GzipSink;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much of an answer is read. */
class BoundedBodyTest {
    private static final ConversationId ID = new ConversationId("42");
    private static final int TOO_LONG = BoundedBody.LONGEST + 1;

    private final MockWebServer server = new MockWebServer();
    private IntercomFixture ours;

    @BeforeEach
    void start() throws IOException {
        server.start();
        ours = new IntercomFixture(server.url("/").uri());
    }

    @AfterEach
    void close() {
        ours.close();
        server.close();
    }

    @Test
    void a_body_up_to_the_bound_is_read_whole() throws IOException {
        Endless endless = new Endless(BoundedBody.LONGEST);

        assertThat(BoundedBody.whole(endless.body()))
                .hasValueSatisfying(body -> assertThat(body.length).isEqualTo(BoundedBody.LONGEST));
    }

    @Test
    void of_a_body_without_an_end_no_more_is_read_than_shows_that_it_is_too_long() throws IOException {
        Endless success = new Endless(Long.MAX_VALUE);
        Endless failure = new Endless(Long.MAX_VALUE);

        assertThat(BoundedBody.whole(success.body())).isEmpty();
        assertThat(BoundedBody.beginning(failure.body())).hasSize(BoundedBody.LONGEST_ERROR);

        assertThat(success.read).isLessThan(BoundedBody.LONGEST + 20_000L);
        assertThat(failure.read).isLessThan(BoundedBody.LONGEST_ERROR + 20_000L);
    }

    @Test
    void the_answer_to_a_note_that_is_too_long_leaves_the_note_in_doubt() {
        server.enqueue(new MockResponse.Builder().body(" ".repeat(TOO_LONG)).build());

        assertTooLong(ours.client().note(ID, "99", Departure.REPEATABLE, () -> "x"));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void a_small_answer_that_becomes_too_long_when_it_is_inflated_is_not_read_either() throws IOException {
        Buffer bomb = new Buffer();
        try (var gzip = Okio.buffer(new GzipSink(bomb))) {
            gzip.write(new byte[TOO_LONG]);
        }
        assertThat(bomb.size()).isLessThan(100_000);
        server.enqueue(new MockResponse.Builder()
                .setHeader("Content-Encoding", "gzip")
                .body(bomb)
                .build());

        assertTooLong(ours.client().note(ID, "99", Departure.REPEATABLE, () -> "x"));
    }

    @Test
    void of_a_long_error_page_the_beginning_is_the_message() {
        server.enqueue(new MockResponse.Builder()
                .code(422)
                .body("<h1>Sorry</h1>" + "no ".repeat(1_000_000))
                .build());

        Failure failure = failure(ours.client().note(ID, "99", Departure.REPEATABLE, () -> "x"));

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure.message()).startsWith("Sorry no no no").hasSizeLessThan(510);
    }

    private static void assertTooLong(Answer<?> answer) {
        assertThat(failure(answer))
                .isEqualTo(new Failure(
                        FailureKind.IN_DOUBT, 200, "unreadable_answer", "the answer is longer than 16 MB", null));
    }

    private static Failure failure(Answer<?> answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed<?>) answer).failure();
    }

    /** Delivers as many bytes as it has, and counts those that were read. */
    private static final class Endless implements Source {
        private static final ByteString PART = ByteString.of(new byte[1_024]);
        private final long length;
        private long read;

        Endless(long length) {
            this.length = length;
        }

        ResponseBody body() {
            return ResponseBody.create(Okio.buffer(this), null, -1);
        }

        @Override
        public long read(Buffer sink, long byteCount) {
            long count = Math.min(Math.min(byteCount, PART.size()), length - read);
            if (count == 0) {
                return -1;
            }
            sink.write(PART, 0, (int) count);
            read += count;
            return count;
        }

        @Override
        public Timeout timeout() {
            return Timeout.NONE;
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
