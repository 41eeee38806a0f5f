package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void settings_go_to_spring_and_all_else_to_the_command() {
        Arguments arguments = Arguments.of(
                "run",
                "--convmerge.tag=a b",
                "--limit",
                "3",
                "--spring.datasource.url=x\ny",
                "--logging.level.root=info");
        assertThat(arguments.forSpring())
                .containsExactly("--convmerge.tag=a b", "--spring.datasource.url=x\ny", "--logging.level.root=info");
        assertThat(arguments.forCommand()).containsExactly("run", "--limit", "3");
    }

    @Test
    void what_looks_like_a_setting_of_somebody_else_goes_to_the_command_which_refuses_it() {
        assertThat(Arguments.of("--server.port=1", "--convmerge", "--convmergetag=x")
                        .forSpring())
                .isEmpty();
    }

    @Test
    void a_later_setting_replaces_the_one_of_its_name_and_no_other() {
        Arguments arguments = Arguments.of("--convmerge.tag=a", "--convmerge.tagged=b", "--convmerge.settle");
        assertThat(arguments.with("--convmerge.tag=c", "--convmerge.settle=1s"))
                .containsExactly("--convmerge.tagged=b", "--convmerge.tag=c", "--convmerge.settle=1s");
    }

    @Test
    void a_setting_is_there_by_its_whole_name() {
        Arguments arguments = Arguments.of("--spring.datasource.url=jdbc:h2:mem:x");
        assertThat(arguments.has("spring.datasource.url")).isTrue();
        assertThat(arguments.has("spring.datasource")).isFalse();
    }
}
