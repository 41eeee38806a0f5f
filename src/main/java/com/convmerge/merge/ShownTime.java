package com.convmerge.merge;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The one format in which people are shown a point in time: to the second, and with its zone, because who reads it may be elsewhere. */
public final class ShownTime {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z", Locale.ROOT);
    private static final ZoneId UTC = ZoneId.of("UTC");

    private ShownTime() {}

    /** As the clocks in {@code zone} show it. */
    public static String in(ZoneId zone, Instant time) {
        return FORMAT.format(time.atZone(zone));
    }

    /** For messages of parts that do not know the reader's zone. */
    public static String utc(Instant time) {
        return in(UTC, time);
    }
}
