package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateHeadersTest {
    @Test
    void all_five_headers_are_read() {
        Map<String, String> headers = Map.of(
                "X-RateLimit-Limit", "1666",
                "X-RateLimit-Remaining", "1600",
                "X-RateLimit-Reset", "1787274010",
                "Date", "Fri, 21 Aug 2026 01:00:12 GMT",
                "Retry-After", "7");

        assertThat(RateHeaders.read(headers::get))
                .isEqualTo(new RateHeaders(
                        1_666L,
                        1_600L,
                        Instant.ofEpochSecond(1_787_274_010),
                        Instant.parse("2026-08-21T01:00:12Z"),
                        Duration.ofSeconds(7)));
    }

    @Test
    void a_missing_header_is_null() {
        assertThat(RateHeaders.read(name -> null)).isEqualTo(new RateHeaders(null, null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "many", "1.5", " 7", "9999999999999", "Fri, 21 Aug 2026", "0x10"})
    void a_header_that_cannot_be_read_is_null(String value) {
        assertThat(RateHeaders.read(name -> value)).isEqualTo(new RateHeaders(null, null, null, null, null));
    }
}
