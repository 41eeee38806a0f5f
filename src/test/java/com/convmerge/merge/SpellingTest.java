package com.convmerge.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {
    private static final List<String> COMMANDS =
            List.of("run", "restart", "stop", "status", "import", "retries", "report", "sandbox");

    @ParameterizedTest
    @CsvSource({
        "rnu, run",
        "Status, status",
        "statsu, status",
        "stats, status",
        "sandbx, sandbox",
        "retires, retries",
        "repport, report",
        "imort, import",
        "stpo, stop"
    })
    void a_slip_is_mended(String typed, String meant) {
        assertThat(Spelling.closest(typed, COMMANDS)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nightly", "", "x", "merge", "--fast", "undo"})
    void what_is_like_no_word_is_none(String typed) {
        assertThat(Spelling.closest(typed, COMMANDS)).isEmpty();
        assertThat(Spelling.closest(typed, List.of())).isEmpty();
    }

    @Test
    void a_letter_left_out_put_in_changed_or_swapped_is_one_slip() {
        assertThat(List.of("concurency", "conccurrency", "concurrenzy", "conucrrency"))
                .allSatisfy(typed -> assertThat(Spelling.slips(typed, "concurrency"))
                        .as(typed)
                        .isEqualTo(1));
        assertThat(Spelling.slips("tag", "")).isEqualTo(3);
    }
}
