package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.PossibleSecrets;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The time zone of the operator, in which {@code --until} is understood and times are shown. */
final class LocalTimeZone {
    /** What Java falls back to: GMT for a name that it does not know, and a fixed difference for POSIX's rules, without summer time. */
    private static final Pattern FALLBACK = Pattern.compile("GMT([+-].*)?");

    private static final Pattern GREENWICH = Pattern.compile("(UTC|GMT)([+-]?0)?");

    private LocalTimeZone() {}

    /**
     * Java's zone, unless Java has misunderstood the environment.
     *
     * @param named what the variable {@code TZ} says; null without it
     * @param zone what Java has made of it
     * @throws ConfigurationProblem if Java does not know the zone: a run until six o'clock would end at another time
     */
    static ZoneId of(@Nullable String named, ZoneId zone) {
        String name = named == null ? "" : named.replaceFirst("^:", "");
        boolean isFallback = FALLBACK.matcher(zone.getId()).matches();
        if (name.isEmpty()
                || !isFallback
                || GREENWICH.matcher(name).matches()
                || ZoneId.getAvailableZoneIds().contains(name)) {
            return zone;
        }
        throw new ConfigurationProblem("TZ is " + PossibleSecrets.hideIn("\"" + name + "\"")
                + ", which Java does not know and takes for " + zone.getId()
                + ", without summer time; expected a name such as Europe/Berlin, America/New_York or UTC");
    }
}
