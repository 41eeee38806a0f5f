package com.convmerge.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.convmerge.merge.ConfigurationProblem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Values that Spring would take for something else than was meant. */
class SettingValuesTest {
    @ParameterizedTest
    @CsvSource({
        "convmerge.in-doubt.settle-time, 60, 60",
        "convmerge.in-doubt.settle-time, ' 060 ', 060",
        "convmerge.in-doubt.settle-time, -5, -5",
        "convmerge.retries.backoff, '15m,60', 60",
        "convmerge.settle[1], 3, 3"
    })
    void a_time_without_its_unit_is_refused(String name, String value, String shown) {
        assertThatThrownBy(() -> check(Map.of("convmerge.settle[0]", "2s", name, value)))
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessageContaining("is " + shown + ", without a unit; expected a time such as " + shown + "s");
    }

    @ParameterizedTest
    @CsvSource({
        "convmerge.in-doubt.settle-time, 0",
        "convmerge.in-doubt.settle-time, 60s",
        "convmerge.in-doubt.settle-time, PT1M",
        "convmerge.retries.backoff, '15m, 1h'",
        "convmerge.concurrency, 60",
        "convmerge.tag, 2026",
        "convmerge.tag, '$5 {a}'",
        "convmerge.tag, ${other.tag}",
        "convmerge.tag, ${NO_TAG:merged}"
    })
    void what_is_clear_is_let_through(String name, String value) {
        assertThatCode(() -> check(Map.of(name, value, "other.tag", "x"))).doesNotThrowAnyException();
    }

    @Test
    void a_reference_to_what_is_not_set_is_told_and_a_secret_in_it_is_not() {
        assertThatThrownBy(() -> check(Map.of("convmerge.intercom.access-token", "${NIGHT_TOKEN}")))
                .hasMessage("the setting convmerge.intercom.access-token refers to NIGHT_TOKEN, which is not set");
        assertThatThrownBy(() -> check(Map.of("convmerge.tag", "${dG9rOmFiY2RlZjEyMzQ1Njc4}")))
                .hasMessageNotContaining("dG9rOm");
    }

    @Test
    void in_the_environment_too() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "ours-systemEnvironment", Map.of("CONVMERGE_INDOUBT_SETTLETIME", "90")));
        assertThatThrownBy(() -> new SettingValues().postProcessEnvironment(environment, new SpringApplication()))
                .hasMessageContaining("convmerge.in-doubt.settle-time is 90, without a unit");
    }

    private static void check(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("arguments", settings));
        new SettingValues().postProcessEnvironment(environment, new SpringApplication());
    }
}
