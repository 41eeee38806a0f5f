package com.convmerge.intercom;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of an answer say about the rate limit (developers.intercom.com, "Rate limiting"). Each component is null if
 * its header is missing or cannot be read.
 *
 * @param limit calls granted in the window
 * @param remaining calls left of them, whoever made the others; negative if more were made than granted
 * @param windowEnds by Intercom's clock, in whole seconds
 * @param serverTime the {@code Date} header, in whole seconds
 * @param retryAfter not documented for Intercom, but honoured. RFC 9110 allows seconds and a date
 */
record RateHeaders(
        @Nullable Long limit,
        @Nullable Long remaining,
        @Nullable Instant windowEnds,
        @Nullable Instant serverTime,
        @Nullable Duration retryAfter) {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,12}");

    /** The date of the last answer. Hundreds of answers a second have the same one. */
    private static volatile ReadDate lastDate = new ReadDate("", null);

    private record ReadDate(String text, @Nullable Instant date) {}

    /**
     * Reads them.
     *
     * @param header gives the value of a header, or null
     * @param now the wall time, to which a date in {@code Retry-After} is compared if the answer has no date of its own
     */
    static RateHeaders read(UnaryOperator<@Nullable String> header, Instant now) {
        Long reset = number(header.apply("X-RateLimit-Reset"));
        Instant serverTime = date(header.apply("Date"));
        return new RateHeaders(
                number(header.apply("X-RateLimit-Limit")),
                number(header.apply("X-RateLimit-Remaining")),
                reset == null ? null : Instant.ofEpochSecond(reset),
                serverTime,
                retryAfter(header.apply("Retry-After"), serverTime == null ? now : serverTime));
    }

    private static @Nullable Long number(@Nullable String value) {
        if (value == null || !NUMBER.matcher(value).matches()) {
            return null;
        }
        return Long.valueOf(value);
    }

    private static @Nullable Instant date(@Nullable String value) {
        if (value == null) {
            return null;
        }
        ReadDate last = lastDate;
        if (!last.text().equals(value)) {
            last = new ReadDate(value, read(value));
            lastDate = last;
        }
        return last.date();
    }

    private static @Nullable Instant read(String date) {
        // In any of the three forms that RFC 9110 makes a client read.
        try {
            return Headers.of("Date", date).getInstant("Date");
        } catch (IllegalArgumentException e) {
            // It has characters that no header may have.
            return null;
        }
    }

    private static @Nullable Duration retryAfter(@Nullable String value, Instant now) {
        Long seconds = number(value);
        if (seconds != null) {
            return seconds < 0 ? null : Duration.ofSeconds(seconds);
        }
        Instant date = date(value);
        if (date == null) {
            return null;
        }
        return date.isBefore(now) ? Duration.ZERO : Duration.between(now, date);
    }
}
