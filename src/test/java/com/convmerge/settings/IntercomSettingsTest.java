package com.convmerge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.convmerge.merge.ConfigurationProblem;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class IntercomSettingsTest {
    private static final String TOKEN = "dG9rOmVjcmV0LXRva2Vu=";

    @ParameterizedTest
    @CsvSource({
        "us, https://api.intercom.io, https://app.intercom.com",
        "eu, https://api.eu.intercom.io, https://app.eu.intercom.com",
        "au, https://api.au.intercom.io, https://app.au.intercom.com",
        "EU, https://api.eu.intercom.io, https://app.eu.intercom.com",
        "' au ', https://api.au.intercom.io, https://app.au.intercom.com"
    })
    void a_region_has_its_own_addresses(String region, URI api, String inbox) {
        IntercomSettings settings = with(Map.of("region", region));

        assertThat(settings.api()).isEqualTo(api);
        assertThat(settings.linkOrDefault()).isEqualTo(inbox + "/a/inbox/{app_id_code}/inbox/conversation/{id}");
    }

    @Test
    void an_unknown_region_is_refused() {
        assertThatThrownBy(with(Map.of("region", "mars"))::checked)
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessage("INTERCOM_REGION is \"mars\"; expected us, eu or au");
    }

    @Test
    void the_defaults_are_intercoms() {
        assertThat(with(Map.of()).checked().api()).isEqualTo(URI.create("https://api.intercom.io"));
        assertThat(with(Map.of()).tries()).isEqualTo(4);
        assertThat(with(Map.of()).callTimeout())
                .as("a run that is stopped waits for its calls and promises to end within 30 s")
                .isLessThan(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.intercom.io",
                "https://proxy.example.com:8443/intercom",
                "HTTPS://proxy.example.com",
                "http://127.0.0.1:8080",
                "http://localhost:8080",
                "http://LOCALHOST:8080",
                "http://[::1]:8080",
                " http://127.0.0.1 "
            })
    void https_is_allowed_to_any_host_and_plain_http_to_this_machine(String baseUrl) {
        assertThat(with(Map.of("base-url", baseUrl)).checked().api()).isEqualTo(URI.create(baseUrl.strip()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.intercom.io",
                "HTTP://api.intercom.io",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "http://10.0.0.1:8080",
                "http://0.0.0.0:8080",
                "http://[::2]:8080"
            })
    void plain_http_to_another_machine_is_refused(String baseUrl) {
        assertThatThrownBy(with(Map.of("base-url", baseUrl))::checked)
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessageStartingWith("INTERCOM_BASE_URL is plain http to ")
                .hasMessageContaining("use https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.intercom.io",
                "https://",
                "https:///conversations",
                "ftp://api.intercom.io",
                "file:///etc/passwd",
                "https://user:" + TOKEN + "@api.intercom.io",
                "http://127.0.0.1:8080@evil.example.com",
                "http://localhost%2eexample.com",
                "https://api intercom io",
                "mailto:someone@example.com",
                "ünsinn"
            })
    void a_base_url_that_is_no_address_is_refused_and_not_repeated(String baseUrl) {
        assertThatThrownBy(with(Map.of("base-url", baseUrl))::checked)
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessage("INTERCOM_BASE_URL is not an address such as https://api.intercom.io");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void without_a_token_the_message_names_the_variable_and_the_sandbox(String token) {
        assertThatThrownBy(with(Map.of("access-token", token))::checked)
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessageContaining("INTERCOM_ACCESS_TOKEN")
                .hasMessageContaining("--sandbox");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "line\nbreak", "“quoted”", "tök", "nul\u0000", "del\u007f"})
    void a_token_that_no_header_can_contain_is_refused_and_not_repeated(String token) {
        assertThatThrownBy(with(Map.of("access-token", token))::checked)
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessageStartingWith("INTERCOM_ACCESS_TOKEN has a character that no token has")
                .hasMessageNotContaining(token);
    }

    @Test
    void space_around_a_token_is_ignored() {
        assertThat(with(Map.of("access-token", " " + TOKEN + "\n"))
                        .checked()
                        .accessToken()
                        .authorization())
                .isEqualTo("Bearer " + TOKEN);
    }

    @Test
    void the_settings_as_text_do_not_show_the_token() {
        IntercomSettings settings = with(Map.of("access-token", TOKEN));

        assertThat(settings.toString()).doesNotContain(TOKEN).contains("accessToken=hidden");
        assertThat(with(Map.of("access-token", "")).toString()).contains("accessToken=none");
    }

    @Test
    void at_least_one_try_is_needed() {
        assertThatThrownBy(with(Map.of("tries", "0"))::checked)
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessage("convmerge.intercom.tries is 0; expected 1 or more");
    }

    @Test
    void the_longest_wait_is_not_negative() {
        assertThatThrownBy(with(Map.of("longest-wait", "-1s"))::checked)
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessage("convmerge.intercom.longest-wait is negative; expected a time such as 10m");
    }

    @Test
    void a_configured_link_replaces_that_of_the_region() {
        String link = "https://desk.example.com/{app_id_code}/{id}";

        assertThat(with(Map.of("conversation-link", link)).linkOrDefault()).isEqualTo(link);
    }

    /** The settings as Spring Boot reads them, with a token. */
    private static IntercomSettings with(Map<String, String> values) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        source.put("convmerge.intercom.access-token", TOKEN);
        values.forEach((name, value) -> source.put("convmerge.intercom." + name, value));
        return new Binder(source).bindOrCreate("convmerge.intercom", IntercomSettings.class);
    }
}
