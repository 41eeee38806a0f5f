package com.convmerge.merge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NewRequestTest {
    private static final NewRequest REQUEST = new NewRequest("10", "20", "asked twice", "mara", "ext-1");

    @Test
    void a_pair_is_the_same_whoever_asks_for_it_and_why() {
        assertThat(REQUEST.isSamePairAs(new NewRequest("10", "20", null, null, null)))
                .isTrue();
    }

    @Test
    void another_parent_or_duplicate_is_another_pair() {
        assertThat(REQUEST.isSamePairAs(new NewRequest("11", "20", "asked twice", "mara", "ext-1")))
                .isFalse();
        assertThat(REQUEST.isSamePairAs(new NewRequest("10", "21", "asked twice", "mara", "ext-1")))
                .isFalse();
        assertThat(REQUEST.isSamePairAs(new NewRequest("20", "10", "asked twice", "mara", "ext-1")))
                .isFalse();
    }
}
