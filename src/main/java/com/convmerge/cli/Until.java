package com.convmerge.cli;

import com.convmerge.merge.ShownTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import picocli.CommandLine.Option;

/** The deadline of a run, which an operator gives as a time of day. */
final class Until {
    @Option(
            names = "--until",
            paramLabel = "HH:MM",
            description =
                    "Begin no further merge after the next HH:MM; then tell the survivors, write the report and end with 4.")
    private @Nullable LocalTime time;

    /** The deadline on this machine's clock, which the operator is told; null without the option. */
    @Nullable
    Instant next(BeanFactory beans, Terminal terminal) {
        if (time == null) {
            return null;
        }
        ZoneId zone = beans.getBean(ZoneId.class);
        Instant next = next(time, beans.getBean(Clock.class).instant(), zone);
        terminal.remark("No merge begins after " + ShownTime.in(zone, next) + " (--until).");
        return next;
    }

    /** The first point in time after {@code now} at which clocks in {@code zone} show {@code time}. */
    static Instant next(LocalTime time, Instant now, ZoneId zone) {
        ZonedDateTime today = now.atZone(zone).with(time);
        ZonedDateTime tomorrow = today.plusDays(1).with(time);
        // In the night in which the clocks are set back, a time of day occurs twice.
        return Stream.of(today.withEarlierOffsetAtOverlap(), today.withLaterOffsetAtOverlap())
                .map(ZonedDateTime::toInstant)
                .filter(next -> next.isAfter(now))
                .findFirst()
                .orElse(tomorrow.withEarlierOffsetAtOverlap().toInstant());
    }
}
