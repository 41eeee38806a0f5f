package com.convmerge.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionKeysTest {
    private static final int IDS = 64_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 10, 64, 100, 1_000, 4_096})
    void ids_that_grow_by_any_step_are_spread_evenly(long step) {
        int[] counts = new int[PartitionKeys.COUNT];
        for (long i = 1; i <= IDS; i++) {
            counts[PartitionKeys.of(215_000_000_000L + i * step)]++;
        }

        assertThat(Arrays.stream(counts)).allMatch(count -> count >= 500 && count <= 1_500);
    }

    @Test
    void the_greatest_id_has_a_key_too() {
        assertThat(PartitionKeys.of(999_999_999_999_999_999L)).isBetween(0, PartitionKeys.COUNT - 1);
    }
}
