package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateHeadersTest {
    private static final Instant NOW = Instant.parse("2026-08-21T01:00:00Z");

    @Test
    void all_five_headers_are_read() {
        Map<String, String> headers = Map.of(
                "X-RateLimit-Limit", "1666",
                "X-RateLimit-Remaining", "1600",
                "X-RateLimit-Reset", "1787274010",
                "Date", "Fri, 21 Aug 2026 01:00:12 GMT",
                "Retry-After", "7");

        assertThat(RateHeaders.read(headers::get, NOW))
                .isEqualTo(new RateHeaders(
                        1_666L,
                        1_600L,
                        Instant.ofEpochSecond(1_787_274_010),
                        Instant.parse("2026-08-21T01:00:12Z"),
                        Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Fri, 21 Aug 2026 01:02:00 GMT", "Friday, 21-Aug-26 01:02:00 GMT", "Fri Aug 21 01:02:00 2026"})
    void retry_after_may_be_a_date_in_each_form_of_rfc_9110(String date) {
        assertThat(RateHeaders.read(Map.of("Retry-After", date)::get, NOW).retryAfter())
                .as("compared to our clock")
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(RateHeaders.read(Map.of("Retry-After", date, "Date", "Fri, 21 Aug 2026 01:01:30 GMT")::get, NOW)
                        .retryAfter())
                .as("compared to the server's clock")
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void a_retry_after_that_is_over_is_no_wait() {
        assertThat(RateHeaders.read(Map.of("Retry-After", "Fri, 21 Aug 2026 00:59:59 GMT")::get, NOW)
                        .retryAfter())
                .isZero();
    }

    @Test
    void less_than_nothing_may_remain_but_nobody_waits_for_a_negative_time() {
        Map<String, String> headers =
                Map.of("X-RateLimit-Limit", "100", "X-RateLimit-Remaining", "-7", "Retry-After", "-7");

        assertThat(RateHeaders.read(headers::get, NOW)).isEqualTo(new RateHeaders(100L, -7L, null, null, null));
    }

    @Test
    void a_missing_header_is_null() {
        assertThat(RateHeaders.read(name -> null, NOW)).isEqualTo(new RateHeaders(null, null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--1", "many", "1.5", " 7", "9999999999999", "Fri, 21 Aug 2026", "0x10"})
    void a_header_that_cannot_be_read_is_null(String value) {
        assertThat(RateHeaders.read(name -> value, NOW)).isEqualTo(new RateHeaders(null, null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mié., 21 ago. 2026 01:00:12 GMT", "٣", "yesterday", ""})
    void a_date_that_cannot_be_read_is_none(String date) {
        RateHeaders headers = RateHeaders.read(Map.of("Date", date, "Retry-After", date)::get, NOW);

        assertThat(headers.serverTime()).isNull();
        assertThat(headers.retryAfter()).isNull();
    }
}
