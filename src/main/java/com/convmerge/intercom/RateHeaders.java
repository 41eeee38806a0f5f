package com.convmerge.intercom;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of an answer say about the rate limit (developers.intercom.com, "Rate limiting"). Each component is null if
 * its header is missing or cannot be read.
 *
 * @param limit calls granted in the window
 * @param remaining calls left of them, whoever made the others
 * @param windowEnds by Intercom's clock, in whole seconds
 * @param serverTime the {@code Date} header, in whole seconds
 * @param retryAfter not documented for Intercom, but honoured
 */
record RateHeaders(
        @Nullable Long limit,
        @Nullable Long remaining,
        @Nullable Instant windowEnds,
        @Nullable Instant serverTime,
        @Nullable Duration retryAfter) {

    /** Reads them from {@code header}, which gives the value of a header, or null. */
    static RateHeaders read(UnaryOperator<@Nullable String> header) {
        Long reset = number(header.apply("X-RateLimit-Reset"));
        Long retryAfter = number(header.apply("Retry-After"));
        return new RateHeaders(
                number(header.apply("X-RateLimit-Limit")),
                number(header.apply("X-RateLimit-Remaining")),
                reset == null ? null : Instant.ofEpochSecond(reset),
                date(header.apply("Date")),
                retryAfter == null ? null : Duration.ofSeconds(retryAfter));
    }

    private static @Nullable Long number(@Nullable String value) {
        if (value == null || !value.matches("[0-9]{1,12}")) {
            return null;
        }
        return Long.valueOf(value);
    }

    private static @Nullable Instant date(@Nullable String value) {
        try {
            return value == null
                    ? null
                    : OffsetDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
