package com.convmerge.retries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RetryPolicyTest {
    @Test
    void each_failure_has_its_wait_and_after_the_last_there_is_none() {
        RetryPolicy policy = new RetryPolicy(List.of(Duration.ofMinutes(1), Duration.ofMinutes(5)));

        assertThat(policy.after(1)).contains(Duration.ofMinutes(1));
        assertThat(policy.after(2)).contains(Duration.ofMinutes(5));
        assertThat(policy.after(3)).isEmpty();
        assertThat(policy.after(100)).isEmpty();
    }

    @Test
    void without_a_wait_the_first_failure_is_the_last() {
        assertThat(new RetryPolicy(List.of()).after(1)).isEmpty();
    }

    @Test
    void a_negative_wait_is_a_problem_of_the_settings() {
        assertThatExceptionOfType(ConfigurationProblem.class)
                .isThrownBy(() -> new Settings.Retries(List.of(Duration.ZERO, Duration.ofMinutes(-5))))
                .withMessage("convmerge.retries.backoff has a negative time; expected times such as 15m,1h");
    }

    @Test
    void the_default_is_a_quarter_an_hour_then_one_four_twelve_and_a_day() {
        assertThat(bound(Map.of()).backoff())
                .containsExactly(
                        Duration.ofMinutes(15),
                        Duration.ofHours(1),
                        Duration.ofHours(4),
                        Duration.ofHours(12),
                        Duration.ofHours(24));
    }

    @Test
    void the_waits_are_a_setting() {
        assertThat(bound(Map.of("convmerge.retries.backoff", "30s,2h")).backoff())
                .containsExactly(Duration.ofSeconds(30), Duration.ofHours(2));
    }

    private static Settings.Retries bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("convmerge.retries", Settings.Retries.class);
    }
}
