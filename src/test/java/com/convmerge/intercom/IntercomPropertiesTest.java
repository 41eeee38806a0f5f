package com.convmerge.intercom;

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

class IntercomPropertiesTest {
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
        IntercomProperties properties = with(Map.of("region", region));

        assertThat(properties.api()).isEqualTo(api);
        assertThat(properties.linkOrDefault()).isEqualTo(inbox + "/a/inbox/{app_id_code}/inbox/conversation/{id}");
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
                .as("a run that stops waits for its calls, and promises 30 s")
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
    void https_goes_anywhere_and_http_to_this_machine(String baseUrl) {
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
                "https://api.intercom.io:99999999",
                "https://api.intercom.io:70000",
                "mailto:someone@example.com",
                "ünsinn"
            })
    void what_is_no_address_is_refused_without_being_repeated(String baseUrl) {
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
    void a_token_that_no_header_can_carry_is_refused_without_being_repeated(String token) {
        assertThatThrownBy(with(Map.of("access-token", token))::checked)
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessageStartingWith("INTERCOM_ACCESS_TOKEN has a character that no token has")
                .hasMessageNotContaining(token);
    }

    @Test
    void space_around_a_token_does_no_harm() {
        assertThat(with(Map.of("access-token", " " + TOKEN + "\n"))
                        .checked()
                        .accessToken()
                        .authorization())
                .isEqualTo("Bearer " + TOKEN);
    }

    @Test
    void no_dump_of_the_settings_shows_the_token() {
        IntercomProperties properties = with(Map.of("access-token", TOKEN));

        assertThat(properties.toString()).doesNotContain(TOKEN).contains("accessToken=hidden");
        assertThat(with(Map.of("access-token", "")).toString()).contains("accessToken=none");
    }

    @Test
    void at_least_one_try_is_needed() {
        assertThatThrownBy(with(Map.of("tries", "0"))::checked)
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessage("convmerge.intercom.tries is 0; expected 1 or more");
    }

    @Test
    void a_link_of_ones_own_goes_before_the_regions() {
        IntercomProperties properties =
                with(Map.of("conversation-link", "https://desk.example.com/{app_id_code}/{id}"));

        assertThat(new ConversationLinks(properties.linkOrDefault())
                        .to("abc", new com.convmerge.merge.ConversationId("42")))
                .isEqualTo("https://desk.example.com/abc/42");
    }

    /** Bound as Spring Boot binds them. */
    private static IntercomProperties with(Map<String, String> settings) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        source.put("convmerge.intercom.access-token", TOKEN);
        settings.forEach((name, value) -> source.put("convmerge.intercom." + name, value));
        return new Binder(source).bindOrCreate("convmerge.intercom", IntercomProperties.class);
    }
}
