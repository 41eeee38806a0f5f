package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTest {
    private static final Instant NOON = Instant.parse("2026-08-21T12:00:00Z");

    @Test
    void a_list_with_as_many_parts_as_there_are_is_complete() {
        assertThat(of(List.of(), 0).listsAllSince(NOON)).isTrue();
        assertThat(of(parts(499, NOON.plusSeconds(9)), 499).listsAllSince(NOON)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 7, 501})
    void a_list_with_fewer_or_more_parts_than_there_are_proves_nothing(int total) {
        assertThat(of(parts(3, NOON.minusSeconds(9)), total).listsAllSince(NOON))
                .isFalse();
    }

    @Test
    void without_a_total_nothing_is_proved() {
        assertThat(of(List.of(), null).listsAllSince(NOON)).isFalse();
        assertThat(of(parts(3, NOON), null).listsAllSince(NOON)).isFalse();
    }

    @Test
    void a_part_that_is_listed_twice_or_has_no_id_hides_another_one() {
        assertThat(of(List.of(part("1", NOON), part("1", NOON)), 2).listsAllSince(NOON))
                .isFalse();
        assertThat(of(List.of(part("1", NOON), part("", NOON)), 2).listsAllSince(NOON))
                .isFalse();
    }

    @Test
    void a_full_list_is_complete_since_a_time_only_if_a_part_is_older() {
        List<Conversation.Part> newer = parts(500, NOON);
        assertThat(of(newer, 700).listsAllSince(NOON)).isFalse();
        assertThat(of(newer, 500).listsAllSince(NOON)).isFalse();
        newer.set(0, part("0", NOON.minusSeconds(1)));
        assertThat(of(newer, 700).listsAllSince(NOON)).isTrue();
    }

    @Test
    void parts_without_a_time_prove_nothing() {
        assertThat(of(parts(500, null), 700).listsAllSince(NOON)).isFalse();
    }

    @Test
    void state_and_tags_can_be_asked_for() {
        assertThat(new Conversation("1", "closed", Map.of("7", "99"), List.of(), 0).isClosed())
                .isTrue();
        assertThat(new Conversation("1", "snoozed", Map.of("7", "99"), List.of(), 0).isClosed())
                .isFalse();
        assertThat(of(List.of(), 0).hasTag("7")).isTrue();
        assertThat(of(List.of(), 0).hasTag("8")).isFalse();
    }

    private static Conversation of(List<Conversation.Part> parts, @Nullable Integer total) {
        return new Conversation("1", "open", Map.of("7", "99"), parts, total);
    }

    private static List<Conversation.Part> parts(int count, @Nullable Instant createdAt) {
        List<Conversation.Part> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(part("" + i, createdAt));
        }
        return parts;
    }

    private static Conversation.Part part(String id, @Nullable Instant createdAt) {
        return new Conversation.Part(id, "comment", "<p>Message " + id + "</p>", "99", createdAt);
    }
}
