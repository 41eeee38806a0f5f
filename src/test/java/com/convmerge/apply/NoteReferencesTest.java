package com.convmerge.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.OperationKind;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts by which notes are found again. */
class NoteReferencesTest {
    @ParameterizedTest
    @CsvSource({"NOTE, d", "SURVIVOR_NOTE, p"})
    void a_reference_is_one_word_of_consonants_with_a_letter_for_its_kind(OperationKind kind, String letter) {
        for (int i = 0; i < 1_000; i++) {
            assertThat(NoteReferences.RANDOM.next(kind))
                    .matches("cm" + letter + "[bcdfghjkmnpqrstvwxz]{9}")
                    .doesNotMatch(".*[aeiouyl0-9].*");
        }
    }

    @Test
    void no_reference_comes_twice() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            seen.add(NoteReferences.RANDOM.next(OperationKind.NOTE));
        }
        assertThat(seen).hasSize(10_000);
    }

    @Test
    void a_fresh_reference_is_shown_by_a_body_with_it() {
        for (OperationKind kind : new OperationKind[] {OperationKind.NOTE, OperationKind.SURVIVOR_NOTE}) {
            String reference = NoteReferences.RANDOM.next(kind);
            PlainText body = PlainText.of("<p>ref " + reference + "</p><p>Merged into conversation 1.</p>");

            assertThat(NoteReferences.shownIn(body)).containsExactly(reference);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>Merged into conversation 1</p><p>ref cm-7f3k9q2m</p>",
                "<p>ref cm\u20117f3k9q2m</p>",
                "ref cm-7f<wbr>3k9q2m",
                "REF CM-7F3K9Q2M"
            })
    void a_reference_of_the_form_before_version_0_2_is_recognised(String body) {
        assertThat(NoteReferences.shownIn(PlainText.of(body))).containsExactly("cm-7f3k9q2m");
        assertThat(PlainText.of(body).shows("cm-7f3k9q2m")).isTrue();
    }

    @Test
    void a_body_may_show_several() {
        PlainText forwarded = PlainText.of("<p>ref cmdkqzwbtfxh</p><p>&gt; ref cmpbcdfghjkm</p>");

        assertThat(NoteReferences.shownIn(forwarded)).containsExactly("cmdkqzwbtfxh", "cmpbcdfghjkm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<p>ref</p>", "<p>cmdkqzwbtfxh</p>", "<p>ref cmdkqzwbt</p>", "<p>The reference 12</p>"})
    void other_texts_show_none(String body) {
        assertThat(NoteReferences.shownIn(PlainText.of(body))).isEmpty();
    }
}
