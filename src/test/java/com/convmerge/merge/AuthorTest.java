package com.convmerge.merge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is said before the first write. */
class AuthorTest {
    @Test
    void the_workspace_and_the_admin_who_signs_are_told_in_one_sentence() {
        assertThat(new Author("abc", "Acme", "eu", "7", "Mia", "mia@example.com").describe())
                .isEqualTo("Workspace \"Acme\" (abc, region EU); the notes are signed by Mia <mia@example.com>.");
    }

    @Test
    void what_intercom_does_not_say_is_left_out() {
        assertThat(new Author("abc", null, "US", "7", " ", null).describe())
                .isEqualTo("Workspace (abc, region US); the notes are signed by admin 7.");
    }

    @Test
    void no_name_begins_a_line_of_its_own() {
        assertThat(new Author("abc", "A\nB\u001b[1m", "US", "7", "M\r\nia", "x").describe())
                .isEqualTo("Workspace \"A B?[1m\" (abc, region US); the notes are signed by M ia <x>.");
    }

    @Test
    void how_many_notes_go_to_how_many_conversations() {
        assertThat(new PlannedNotes(1_234, 500, 501, 0).describe())
                .isEqualTo(
                        "at most 1,234 notes on 1,234 duplicates, and 501 notes on the 500 parents that they go into");
        assertThat(new PlannedNotes(1, 1, 1, 0).describe())
                .isEqualTo("at most 1 note on 1 duplicate, and 1 note on the 1 parent that it goes into");
    }

    @Test
    void parents_that_an_earlier_run_left_untold_are_counted_too() {
        assertThat(new PlannedNotes(1, 1, 1, 113).describe())
                .endsWith("on the 1 parent that it goes into; and notes on 113 parents about what earlier runs have"
                        + " merged into them");
        assertThat(new PlannedNotes(0, 0, 0, 1).describe())
                .isEqualTo("notes on 1 parent about what earlier runs have merged into it");
        assertThat(new PlannedNotes(0, 0, 0, 1).isNone()).isFalse();
        assertThat(new PlannedNotes(0, 0, 0, 0).isNone()).isTrue();
    }

    @Test
    void a_limit_and_the_settings_make_it_less() {
        PlannedNotes all = new PlannedNotes(1_234, 500, 501, 0);
        assertThat(all.as(true, null)).isEqualTo(all);
        assertThat(all.as(true, 5L)).isEqualTo(new PlannedNotes(5, 5, 5, 0));
        assertThat(all.as(false, 5L).describe())
                .isEqualTo(
                        "at most 5 notes on 5 duplicates, and none on the 5 parents, as convmerge.notify-parents asks for none");
    }
}
