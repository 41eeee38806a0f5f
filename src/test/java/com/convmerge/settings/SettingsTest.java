package com.convmerge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.convmerge.merge.ConfigurationProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The tree of settings as the program reads it. */
class SettingsTest {
    @Test
    void each_setting_has_a_default() {
        Settings settings = with();

        assertThat(settings)
                .returns("merged-duplicate", Settings::tag)
                .returns(64, Settings::concurrency)
                .returns(250, Settings::chunk)
                .returns(List.of(Duration.ofSeconds(2), Duration.ofSeconds(6)), Settings::settle)
                .returns("classpath:/templates/note.mustache", Settings::noteTemplate)
                .returns("classpath:/templates/parent-note.mustache", Settings::parentNoteTemplate)
                .returns(true, Settings::notifyParents)
                .returns(ClosedParent.PROCEED, Settings::closedParent);
        assertThat(settings.intercom().region()).isEqualTo("us");
        assertThat(settings.retries().backoff())
                .containsExactly(
                        Duration.ofMinutes(15),
                        Duration.ofHours(1),
                        Duration.ofHours(4),
                        Duration.ofHours(12),
                        Duration.ofHours(24));
        assertThat(settings.report().directory()).isEqualTo(Path.of("data/reports"));
    }

    @Test
    void each_branch_of_the_tree_is_read() {
        Settings settings = with(
                "convmerge.closed-parent=reopen",
                "convmerge.settle=1s,2s,3s",
                "convmerge.intercom.region=eu",
                "convmerge.intercom.access-token=secret",
                "convmerge.retries.backoff=1m",
                "convmerge.report.directory=/reports");

        assertThat(settings.closedParent()).isEqualTo(ClosedParent.REOPEN);
        assertThat(settings.settle()).hasSize(3);
        assertThat(settings.intercom().knownRegion()).isEqualTo(Region.EU);
        assertThat(settings.intercom().accessToken().authorization()).isEqualTo("Bearer secret");
        assertThat(settings.retries().backoff()).containsExactly(Duration.ofMinutes(1));
        assertThat(settings.report().directory()).isEqualTo(Path.of("/reports"));
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "convmerge.tag= | convmerge.tag (CONVMERGE_TAG) is empty; expected the name of a tag",
                "convmerge.concurrency=0 | convmerge.concurrency (CONVMERGE_CONCURRENCY) is 0; expected 1 to 256",
                "convmerge.concurrency=257 | convmerge.concurrency (CONVMERGE_CONCURRENCY) is 257; expected 1 to 256",
                "convmerge.chunk=0 | convmerge.chunk is 0; expected 1 or more",
                "convmerge.settle= | convmerge.settle is empty or has a negative time; expected one or more times such as 2s",
                "convmerge.settle=-2s | convmerge.settle is empty or has a negative time; expected one or more times such as 2s",
                "convmerge.retries.backoff=-1m | convmerge.retries.backoff has a negative time; expected times such as 15m,1h"
            })
    void a_setting_that_no_run_can_work_with_is_refused(String setting, String message) {
        assertThatThrownBy(() -> with(setting))
                .rootCause()
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"convmerge.concurency=3", "convmerge.intercom.token=x", "convmerge.retries.attempts=3"})
    void an_unknown_setting_is_refused(String setting) {
        assertThatThrownBy(() -> with(setting))
                .rootCause()
                .isInstanceOf(UnboundConfigurationPropertiesException.class)
                .hasMessageContaining(setting.replaceAll("=.*", ""));
    }

    /** The settings of a context in which these are set, each such as {@code convmerge.tag=x}. */
    private static Settings with(String... settings) {
        Map<String, Object> values = new HashMap<>();
        for (String setting : settings) {
            String[] nameAndValue = setting.split("=", 2);
            values.put(nameAndValue[0], nameAndValue[1]);
        }
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", values));
            context.register(SettingsConfiguration.class);
            context.refresh();
            return context.getBean(Settings.class);
        }
    }
}
