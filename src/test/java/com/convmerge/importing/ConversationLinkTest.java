package com.convmerge.importing;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationLinkTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.intercom.com/a/inbox/abc123/inbox/conversation/215470001",
                "https://app.eu.intercom.com/a/inbox/abc123/inbox/shared/all/conversation/215470001?view=List",
                "https://app.au.intercom.com/a/apps/abc123/conversations/215470001#part_id=comment-1",
                "https://app.intercom.io/a/apps/abc123/inbox/all/conversations/215470001/",
                "HTTPS://App.Intercom.Com/a/inbox/abc123/inbox/conversation/215470001/details",
                "https://intercom.com/conversation/215470001",
                "http://app.intercom.com/a/inbox/abc123/inbox/conversation/215470001",
                "app.intercom.com/a/inbox/abc123/inbox/conversation/215470001?view=List"
            })
    void a_link_of_any_inbox_leads_to_its_id(String link) {
        assertThat(ConversationLink.idIn(link)).isEqualTo("215470001");
        assertThat(ConversationLink.fault(link)).isEmpty();
    }

    @Test
    void an_id_is_left_as_it_stands() {
        assertThat(ConversationLink.idIn("215470001")).isEqualTo("215470001");
        assertThat(ConversationLink.fault("215470001")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.intercom.com/a/inbox/abc123/inbox/shared/all",
                "evil.example/app.intercom.com/conversation/215470001",
                "https://app.evilintercom.com/a/inbox/abc123/inbox/conversation/215470001",
                "https://app.intercom.com.example.org/conversation/215470001",
                "https://example.org/?app.intercom.com/conversation/215470001",
                "https://app.intercom.com/a/inbox/abc123/inbox/all?next=/conversation/215470001",
                "https://app.intercom.com/a/users/215470001"
            })
    void a_link_to_anything_else_is_an_error_that_says_so(String link) {
        assertThat(ConversationLink.idIn(link)).isEqualTo(link);
        assertThat(ConversationLink.fault(link)).hasValueSatisfying(error -> assertThat(error)
                .startsWith("is a link, but not one to a conversation in Intercom's inbox: \"" + link + "\"")
                .endsWith("expected https://app.intercom.com/…/conversation/ID"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://app.intercom.com/a/inbox/abc123/inbox/conversation/1, us, abc123",
                "https://app.eu.intercom.com/a/apps/x_y-9/inbox/all/conversations/1, eu, x_y-9",
                "app.au.intercom.com/a/inbox/abc123/inbox/search/conversation/1?query=a, au, abc123",
                "https://APP.Intercom.IO/a/apps/abc123/conversations/1, us, abc123",
                "https://intercom.com/conversation/1, -, -",
                "https://app.intercom.com/a/inbox/conversation/1, us, -"
            })
    void a_link_says_its_region_and_its_workspace(String text, @Nullable String region, @Nullable String workspace) {
        ConversationLink link = ConversationLink.of(text).orElseThrow();

        assertThat(link.region()).isEqualTo(region);
        assertThat(link.workspace()).isEqualTo(workspace);
    }

    @Test
    void a_long_link_is_shown_in_one_line_and_in_part() {
        String link = "https://example.org/\n" + "x".repeat(50_000);

        assertThat(ConversationLink.fault(link))
                .hasValueSatisfying(
                        error -> assertThat(error).hasSizeLessThan(300).doesNotContain("\n"));
    }
}
