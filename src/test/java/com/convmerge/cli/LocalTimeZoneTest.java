package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.convmerge.merge.ConfigurationProblem;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The zones are what Java 17 on Linux makes of the names. */
class LocalTimeZoneTest {
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlinn,GMT",
        "europe/berlin,GMT",
        "Z,GMT",
        "CET-1CEST,GMT+01:00",
        "'CET-1CEST,M3.5.0,M10.5.0/3',GMT+01:00",
        "/usr/share/zoneinfo/Europe/Paris,GMT+01:00"
    })
    void a_zone_that_java_does_not_know_is_refused_with_what_it_takes_it_for(String name, String zone) {
        assertThatThrownBy(() -> LocalTimeZone.of(name, ZoneId.of(zone)))
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessageStartingWith("TZ is ")
                .hasMessageContaining("takes for " + zone);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,Europe/Berlin",
        ":Europe/Berlin,Europe/Berlin",
        "UTC,UTC",
        "UTC0,GMT",
        "GMT0,GMT0",
        "GMT,GMT",
        "Etc/UTC,Etc/UTC",
        "CET,CET",
        "EST5EDT,EST5EDT",
        "'',GMT",
        "Etc/GMT-2,Etc/GMT-2"
    })
    void a_zone_that_java_knows_is_taken(String name, String zone) {
        assertThat(LocalTimeZone.of(name, ZoneId.of(zone))).isEqualTo(ZoneId.of(zone));
    }

    @Test
    void without_the_variable_it_is_the_machines() {
        assertThat(LocalTimeZone.of(null, ZoneId.of("GMT"))).isEqualTo(ZoneId.of("GMT"));
    }
}
