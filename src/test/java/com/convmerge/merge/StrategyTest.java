package com.convmerge.merge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How people write the way in which a duplicate is merged. */
class StrategyTest {
    @ParameterizedTest
    @CsvSource({
        "link, LINK",
        "' Native ', NATIVE",
        "native-then-link, NATIVE_THEN_LINK",
        "NATIVE_THEN_LINK, NATIVE_THEN_LINK",
        "native then link, NATIVE_THEN_LINK"
    })
    void case_blanks_and_underscores_make_no_difference(String written, Strategy strategy) {
        assertThat(Strategy.of(written)).contains(strategy);
        assertThat(Strategy.fault(written)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\t"})
    void nothing_leaves_it_to_the_settings(String written) {
        assertThat(Strategy.of(written)).isEmpty();
        assertThat(Strategy.fault(written)).isEmpty();
    }

    @Test
    void anything_else_is_a_fault_that_is_told_in_one_harmless_line() {
        assertThat(Strategy.of("nativ")).isEmpty();
        assertThat(Strategy.fault("na\u001b[1m\ntiv").orElseThrow())
                .doesNotContain("\u001b", "\n")
                .endsWith("; expected link, native, native-then-link, or nothing");
    }
}
