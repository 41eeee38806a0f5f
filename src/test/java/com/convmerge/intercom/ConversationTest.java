package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final Instant NOON = Instant.parse("2026-08-21T12:00:00Z");

    @Test
    void the_part_with_the_reference_is_found_whatever_the_html_around_it() {
        Conversation conversation = of(List.of(
                part("1", null, NOON),
                part("2", "<p>ref cm-7f3k9</p>", NOON),
                part("3", "<p>Merged <b>ref&nbsp;</b><i>cm-7f3k9q</i></p>", NOON)));

        assertThat(conversation.partWith("cm-7f3k9q"))
                .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo("3"));
        assertThat(conversation.partWith("cm-aaaaaa")).isEmpty();
    }

    @Test
    void a_conversation_shows_the_references_in_its_parts_and_never_an_empty_one() {
        Conversation conversation = of(List.of(part("1", null, NOON), part("2", "<p>ref cm-7f3k9q2m</p>", NOON)));

        assertThat(conversation.shows("cm-7f3k9q2m")).isTrue();
        assertThat(conversation.shows("cm-aaaaaaaa")).isFalse();
        assertThat(conversation.shows("")).isFalse();
    }

    @Test
    void a_short_conversation_shows_everything() {
        assertThat(of(List.of()).showsAllSince(NOON)).isTrue();
        assertThat(of(parts(499, NOON.plusSeconds(9))).showsAllSince(NOON)).isTrue();
    }

    @Test
    void a_full_conversation_shows_all_since_a_time_only_if_a_part_is_older() {
        List<Conversation.Part> newer = parts(500, NOON);
        assertThat(of(newer).showsAllSince(NOON)).isFalse();
        newer.set(0, part("0", null, NOON.minusSeconds(1)));
        assertThat(of(newer).showsAllSince(NOON)).isTrue();
    }

    @Test
    void parts_without_a_time_prove_nothing() {
        assertThat(of(parts(500, null)).showsAllSince(NOON)).isFalse();
    }

    @Test
    void state_and_tags_can_be_asked_for() {
        assertThat(new Conversation("1", "closed", Set.of("7"), List.of()).isClosed())
                .isTrue();
        assertThat(new Conversation("1", "snoozed", Set.of("7"), List.of()).isClosed())
                .isFalse();
        assertThat(of(List.of()).hasTag("7")).isTrue();
        assertThat(of(List.of()).hasTag("8")).isFalse();
    }

    private static Conversation of(List<Conversation.Part> parts) {
        return new Conversation("1", "open", Set.of("7"), parts);
    }

    private static List<Conversation.Part> parts(int count, @Nullable Instant createdAt) {
        List<Conversation.Part> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(part("" + i, "<p>Message " + i + "</p>", createdAt));
        }
        return parts;
    }

    private static Conversation.Part part(String id, @Nullable String body, @Nullable Instant createdAt) {
        return new Conversation.Part(id, "comment", body, createdAt);
    }
}
