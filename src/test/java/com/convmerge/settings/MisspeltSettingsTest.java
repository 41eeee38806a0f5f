package com.convmerge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.convmerge.merge.ConfigurationProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Settings that look like ours and are none, in each place where Spring looks for settings. */
class MisspeltSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "CONVMERGE_TAGG, CONVMERGE_TAG",
        "CONVMERGE_REPORTS_DIRECTORY, CONVMERGE_REPORT_DIRECTORY",
        "CONVMERGE_CONCURENCY, CONVMERGE_CONCURRENCY",
        "CONVMERGE_INDOUBT_SETTLETIMES, CONVMERGE_INDOUBT_SETTLETIME",
        "CONVMERGE_REGION, CONVMERGE_INTERCOM_REGION",
        "convmerge_tagg, CONVMERGE_TAG",
        "CONVMREGE_TAG, CONVMERGE_TAG",
        "INTERCOM_ACESS_TOKEN, INTERCOM_ACCESS_TOKEN",
        "INTERCOM_REGOIN, INTERCOM_REGION",
        "SPRING_DATASOURCE_ULR, SPRING_DATASOURCE_URL",
        "SPRING_DATASOURCE_USER, SPRING_DATASOURCE_USERNAME",
        "SPRING_DATASOURCE_PASWORD, SPRING_DATASOURCE_PASSWORD",
        "DATASOURCE_URL, SPRING_DATASOURCE_URL"
    })
    void a_misspelt_variable_is_told_with_what_was_meant(String variable, String meant) {
        assertThatThrownBy(() -> check(environment(variable)))
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessage("there is no setting " + variable + ": did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONVMERGE_TAG",
                "CONVMERGE_INDOUBT_SETTLETIME",
                "CONVMERGE_IN_DOUBT_SETTLE_TIME",
                "convmerge.in-doubt.settle-time",
                "CONVMERGE_SETTLE_0",
                "CONVMERGE_RETRIES_BACKOFF_1_",
                "CONVMERGE_INTERCOM_BASEURL",
                "CONVMERGE_JAVA_OPTS",
                "CONVMERGE_ARGUMENTS",
                "CONVMERGE_SERVICE_HOST",
                "CONVMERGE_SERVICE_PORT_HTTP",
                "CONVMERGE_PORT_8080_TCP_ADDR",
                "CONVMERGE_DB_SERVICE_HOST",
                "CONVMERGE_DB_PORT_5432_TCP_ADDR",
                "CONVMERGE_HOME",
                "SPRING_DATASOURCE_URL",
                "SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE",
                "SPRING_DATASOURCE_DRIVERCLASSNAME",
                "SPRING_PROFILES_ACTIVE",
                "CONVMERGED_AT",
                "INTERCOM_ACCESS_TOKEN",
                "INTERCOM_APP_ID",
                "INTERCOM_VERSION",
                "CONVERSE_TAG",
                "REPORTS_DIRECTORY",
                "TAG"
            })
    void what_is_a_setting_or_somebody_elses_variable_is_let_through(String variable) {
        assertThatCode(() -> check(environment(variable))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "convmerge.tagg, did you mean convmerge.tag?",
        "convmerge.concurency, did you mean convmerge.concurrency?",
        "convmerge.retrys.backoff, did you mean convmerge.retries.backoff?",
        "convmerge.report, did you mean convmerge.report.directory?",
        "convmerge.report.directory.x, did you mean convmerge.report.directory?",
        "convmerge.tag[0], did you mean convmerge.tag?",
        "convmrege.tag, did you mean convmerge.tag?",
        "spring.datasource.ulr, did you mean spring.datasource.url?",
        "datasource.url, did you mean spring.datasource.url?",
        "convmerge.colours, check its spelling"
    })
    void a_misspelt_property_of_the_jvm_or_argument_is_told(String name, String told) {
        assertThatThrownBy(() -> check(new MapPropertySource("systemProperties", Map.of(name, "x"))))
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessage("there is no setting " + name + ": " + told);
    }

    @Test
    void properties_of_other_programs_are_let_through() {
        check(new MapPropertySource(
                "systemProperties", Map.of("reports.directory", "x", "user.home", "y", "concurency", "3", "tag", "z")));
    }

    @ParameterizedTest
    @CsvSource({
        "'convmerge:\n  tagg: x', 'convmerge.tagg (application.yml, line 2): did you mean convmerge.tag?'",
        "'convmrege:\n  tag: x', 'convmrege.tag (application.yml, line 2): did you mean convmerge.tag?'",
        "'concurency: 3', 'concurency (application.yml, line 1): did you mean convmerge.concurrency?'",
        "'concurrency: 3', 'concurrency (application.yml, line 1): did you mean convmerge.concurrency?'",
        "'a: 1\nreports:\n  directory: y',"
                + " 'reports.directory (application.yml, line 3): did you mean convmerge.report.directory?'",
        "'intercom:\n  region: eu', 'intercom.region (application.yml, line 2): did you mean convmerge.intercom.region?'",
        "'spring:\n  datasource:\n    user: y', 'spring.datasource.user (application.yml, line 3): did you mean"
                + " spring.datasource.username?'",
        "'sprng:\n  profiles: y', 'sprng.profiles (application.yml, line 2): did you mean spring.profiles?'"
    })
    void in_a_file_also_a_misspelt_or_a_forgotten_prefix_is_told_with_its_line(String yaml, String told) {
        assertThatThrownBy(() -> check(file(yaml)))
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessage("there is no setting " + told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "convmerge:\n  inDoubt:\n    settleTime: 3s\n  settle: [1s, 2s]\n  report:\n",
                "intercom:\n  region: eu\nconvmerge:\n  intercom:\n    region: ${intercom.region}",
                "db:\n  host: x\nspring:\n  datasource:\n    url: jdbc:postgresql://${db.host}/x",
                "management:\n  x: 1\nserver:\n  port: 1\nlogging:\n  level:\n    root: info"
            })
    void what_is_right_and_names_of_the_operators_own_are_let_through(String yaml) {
        assertThatCode(() -> check(file(yaml))).doesNotThrowAnyException();
    }

    @Test
    void all_are_told_at_once() {
        assertThatThrownBy(() -> check(file("tagg: x\nconvmerge:\n  chunks: 2")))
                .hasMessage(
                        "there is no setting tagg (application.yml, line 1): did you mean convmerge.tag?;"
                                + " there is no setting convmerge.chunks (application.yml, line 3): did you mean convmerge.chunk?");
    }

    @Test
    void a_name_that_may_be_a_secret_is_not_repeated() {
        assertThatThrownBy(() -> check(new MapPropertySource("x", Map.of("convmerge.dG9rOmFiY2RlZjEyMzQ1Njc4", ""))))
                .satisfies(e -> assertThat(e.getMessage())
                        .doesNotContain("dG9rOm")
                        .contains("(not shown: it may be a secret): check its spelling"));
    }

    private static void check(PropertySource<?> source) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().stream()
                .map(PropertySource::getName)
                .toList()
                .forEach(environment.getPropertySources()::remove);
        environment.getPropertySources().addFirst(source);
        new MisspeltSettings().postProcessEnvironment(environment, new SpringApplication());
    }

    private static PropertySource<?> environment(String variable) {
        return new SystemEnvironmentPropertySource("systemEnvironment", Map.of(variable, "1"));
    }

    private static PropertySource<?> file(String yaml) {
        try {
            return new YamlPropertySourceLoader()
                    .load("Config resource", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)) {
                        @Override
                        public String getFilename() {
                            return "application.yml";
                        }
                    })
                    .get(0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
