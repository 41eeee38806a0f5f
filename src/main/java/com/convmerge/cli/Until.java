package com.convmerge.cli;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/** The deadline that an operator gives as a time of day. */
final class Until {
    private Until() {}

    /** When it is {@code time} next, on this machine's clock; null without a time. */
    static @Nullable Instant next(@Nullable LocalTime time, BeanFactory beans) {
        return time == null ? null : next(time, beans.getBean(Clock.class).instant(), beans.getBean(ZoneId.class));
    }

    static Instant next(LocalTime time, Instant now, ZoneId zone) {
        ZonedDateTime today = now.atZone(zone).with(time);
        ZonedDateTime tomorrow = today.plusDays(1).with(time);
        // In the night in which the clocks are set back a time comes twice.
        return Stream.of(today.withEarlierOffsetAtOverlap(), today.withLaterOffsetAtOverlap())
                .map(ZonedDateTime::toInstant)
                .filter(next -> next.isAfter(now))
                .findFirst()
                .orElse(tomorrow.withEarlierOffsetAtOverlap().toInstant());
    }
}
