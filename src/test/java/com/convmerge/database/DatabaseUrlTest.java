package com.convmerge.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.convmerge.merge.ConfigurationProblem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://h:5432/d?user=ute&password=s%26cret&ssl=true | jdbc:postgresql://h:5432/d?ssl=true",
                "jdbc:postgresql://h/d?user=ute&password=s%26cret               | jdbc:postgresql://h/d",
                "jdbc:postgresql://ute:s%26cret@h/d?ssl=true                    | jdbc:postgresql://h/d?ssl=true",
                "jdbc:postgresql:d?password=s%26cret&user=ute                   | jdbc:postgresql:d",
                "jdbc:h2:file:./data/x;USER=ute;WRITE_DELAY=0;PASSWORD=s&cret   | jdbc:h2:file:./data/x;WRITE_DELAY=0",
                "jdbc:h2:mem:x;password=s&cret;user=ute                         | jdbc:h2:mem:x",
            })
    void credentials_leave_the_url(String url, String cleaned) {
        DatabaseUrl parsed = DatabaseUrl.parse(url);
        assertThat(parsed.text()).isEqualTo(cleaned);
        assertThat(parsed.secrets()).isEqualTo(Map.of("user", "ute", "password", "s&cret"));
        assertThat(parsed.toString()).doesNotContain("cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://h1:5432,h2:5432/d?targetServerType=primary",
                "jdbc:postgresql://h/d",
                "jdbc:postgresql://h/d@x",
                "jdbc:h2:file:./data/convmerge;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"
            })
    void a_url_without_credentials_stays_as_it_is(String url) {
        assertThat(DatabaseUrl.parse(url).text()).isEqualTo(url);
        assertThat(DatabaseUrl.parse(url).secrets()).isEmpty();
    }

    @Test
    void the_password_of_a_clients_key_leaves_it_too() {
        DatabaseUrl url = DatabaseUrl.parse("jdbc:postgresql://h/d?sslkey=k.p12&sslpassword=open");
        assertThat(url.text()).isEqualTo("jdbc:postgresql://h/d?sslkey=k.p12");
        assertThat(url.secrets()).isEqualTo(Map.of("sslpassword", "open"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:mysql://ute:s3cret@h:3306/d?password=s3cret | jdbc:mysql://…@h:3306/d?…",
                "postgres://ute:s3cret@h/d                        | postgres://…@h/d",
                "postgresql://h/d                                 | postgresql://h/d",
                "jdbc:oracle:thin:ute/s3cret@h:1521:d             | …@h:1521:d",
                "jdbc:postgres://h/d;password=s3cret              | jdbc:postgres://h/d;…",
                "localhost:5432                                   | localhost:5432",
            })
    void a_database_that_is_not_supported_is_named_without_its_credentials(String url, String shown) {
        assertThatThrownBy(() -> DatabaseUrl.parse(url))
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessage("the database cannot be used: spring.datasource.url (SPRING_DATASOURCE_URL) is \"" + shown
                        + "\", but convmerge works on PostgreSQL and H2 alone; expected"
                        + " jdbc:postgresql://HOST:5432/DATABASE or jdbc:h2:file:./data/convmerge. Nothing was done");
    }

    @Test
    void a_password_that_cannot_be_decoded_is_not_shown() {
        assertThatThrownBy(() -> DatabaseUrl.parse("jdbc:postgresql://h/d?password=50%off"))
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessageContaining("write %25 for %")
                .message()
                .doesNotContain("off");
    }

    @Test
    void a_setting_is_added_unless_it_is_there() {
        DatabaseUrl url = DatabaseUrl.parse("jdbc:h2:mem:x");
        assertThat(url.withDefault("LOCK_TIMEOUT", "1").text()).isEqualTo("jdbc:h2:mem:x;LOCK_TIMEOUT=1");
        assertThat(DatabaseUrl.parse("jdbc:h2:mem:x;lock_timeout=7")
                        .withDefault("LOCK_TIMEOUT", "1")
                        .text())
                .isEqualTo("jdbc:h2:mem:x;lock_timeout=7");
    }
}
