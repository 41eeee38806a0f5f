package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HintsTest {
    @Test
    void a_command_is_told_as_this_one_was_started() {
        assertThat(Hints.command("/opt/convmerge/convmerge", "/opt/convmerge/convmerge.jar", "status"))
                .isEqualTo("/opt/convmerge/convmerge status");
        assertThat(Hints.command("", "target/convmerge.jar", "restart"))
                .isEqualTo("java -jar target/convmerge.jar restart");
        assertThat(Hints.command("", "target/classes:lib/a.jar", "status")).isEqualTo("convmerge status");
        assertThat(Hints.command("mvn spring-boot:run -Dspring-boot.run.arguments=", "x", "status --sandbox"))
                .isEqualTo("mvn spring-boot:run -Dspring-boot.run.arguments=\"status --sandbox\"");
    }

    @Test
    void on_the_sandbox_it_stays_there() {
        assertThat(new Hints(true).command("status")).endsWith(" status --sandbox");
        assertThat(new Hints(false).command("status")).endsWith(" status");
    }
}
