package com.convmerge.merge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PossibleSecretsTest {
    private static final String HIDDEN = PossibleSecrets.NOT_SHOWN;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nightly",
                "--fast",
                "7",
                "'few' is not a long",
                "mars",
                "90d",
                "06:00",
                "2026-11-26",
                "1795578535123456789",
                "/srv/requests/night-2026_v2.csv",
                "file:/nowhere",
                "convmerge.concurency",
                "--retries-list=few",
                "Öffnungszeiten",
                ""
            })
    void a_word_a_number_or_a_name_of_a_file_is_shown(String harmless) {
        assertThat(PossibleSecrets.hideIn(harmless)).isEqualTo(harmless);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dG9rOmI4ODY3MGY1XzQ0MzBfNGU5OF85ZTRlXzA2ZjA=",
                "dG9rOm12",
                "0123456789abcdef0123456789abcdef",
                "b88670f5-4430-4e98-9e4e-06f01234abcd",
                "t0p-s3cret-Passw0rd",
                "aGVsbG8gd29ybGQhIQ+/x=",
                "correcthorsebatterystaple"
            })
    void what_may_be_a_secret_is_not(String secret) {
        assertThat(PossibleSecrets.hideIn(secret)).isEqualTo(HIDDEN);
        assertThat(PossibleSecrets.hideIn("Unknown option: '--intercom-access-token=" + secret + "'"))
                .isEqualTo("Unknown option: '--intercom-access-token=" + HIDDEN + "'");
        assertThat(PossibleSecrets.hideIn("For input string: \"" + secret + "\""))
                .isEqualTo("For input string: \"" + HIDDEN + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://mia:pa55@db.example.com/x refused   | jdbc:postgresql://~@db.example.com/x refused",
                "jdbc:postgresql://db/x?user=mia&password=pa55&ssl=no  | jdbc:postgresql://db/x?user=mia&password=~&ssl=no",
                "URL format error: jdbc:h2:file:./x;PASSWORD=pa55;A=1  | URL format error: jdbc:h2:file:./x;PASSWORD=~;A=1",
                "for user dG9rOmI4ODY3MGY1XzQ0 it failed               | for user ~ it failed",
                "password authentication failed for user \"mia\"        | password authentication failed for user \"mia\""
            })
    void any_message_is_rid_of_tokens_and_of_passwords_in_addresses(String message, String shown) {
        assertThat(PossibleSecrets.hideCredentials(message)).isEqualTo(shown.replace("~", HIDDEN));
    }

    @Test
    void dollars_and_backslashes_are_shown_as_they_are() {
        assertThat(PossibleSecrets.hideIn("$1 \\x --a=$2")).isEqualTo("$1 \\x --a=$2");
    }
}
