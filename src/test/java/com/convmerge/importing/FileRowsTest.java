package com.convmerge.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.NewRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the text of a file becomes rows. {@link FileRowsFaultsTest} covers the errors. */
class FileRowsTest {
    private final ImportErrors errors = new ImportErrors();

    @Test
    void columns_are_known_by_their_name_in_any_order_and_case_and_others_are_listed() {
        FileRows rows = csv(" External_Ref ,notes,DUPLICATE,reason,,parent,requested_by\nJ-1,n,20,r,x,10,mia\n");

        assertThat(rows.next(10)).containsExactly(row(2, "10", "20", "r", "mia", "J-1"));
        assertThat(rows.ignoredColumns()).containsExactly("notes", "number 5 (without a name)");
    }

    @Test
    void parent_and_duplicate_are_enough() {
        assertThat(csv("parent,duplicate\n10,20").next(10)).containsExactly(row(2, "10", "20", null, null, null));
    }

    @Test
    void quotes_hold_commas_quotes_and_lines_together() {
        assertThat(csv("parent,duplicate,reason\n10,20,\"a, \"\"b\"\"\nc\"\n").next(10))
                .containsExactly(row(2, "10", "20", "a, \"b\"\nc", null, null));
    }

    @Test
    void values_are_stripped_and_what_is_left_empty_is_no_value() {
        assertThat(csv("parent,duplicate,reason,requested_by,external_ref\n 10\t, \"20\" ,  r s ,\"  \",\n")
                        .next(10))
                .containsExactly(row(2, "10", "20", "r s", null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00a0", "\u200b", "\ufeff", "\u2009", "\u3000", "\u2060", "\u202a", " \u00a0\t\u200b "})
    void what_looks_like_nothing_beside_an_id_or_a_title_is_stripped(String nothing) {
        String link = "https://app.intercom.com/a/inbox/abc/inbox/conversation/20";

        assertThat(csv("parent" + nothing + ",duplicate,external_ref\n" + nothing + "10" + nothing + "," + link
                                + nothing + ",J\u00a01\n")
                        .next(10))
                .containsExactly(row(2, "10", "20", null, null, "J\u00a01"));
    }

    @Test
    void a_link_stands_for_its_id() {
        String link = "https://app.intercom.com/a/inbox/abc/inbox/conversation/";

        assertThat(csv("parent,duplicate\n" + link + "10," + link + "20?view=List\n")
                        .next(10))
                .containsExactly(row(2, "10", "20", null, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void empty_lines_are_skipped_and_counted(String lineEnd) {
        String file = String.join(lineEnd, "", "parent,duplicate", "", "10,20", ",", "  ", "", "30,40", "");

        assertThat(csv(file).next(10))
                .containsExactly(row(4, "10", "20", null, null, null), row(8, "30", "40", null, null, null));
    }

    @Test
    void the_lines_within_a_quoted_value_are_counted() {
        String file = "parent,duplicate,reason\r\n10,20,\"one\r\ntwo\nthree\"\r\n30,40,\r\n";

        assertThat(csv(file).next(10)).extracting(FileRow::line).containsExactly(2L, 5L);
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_column() {
        assertThat(csv("\uFEFF\"parent\",duplicate\n10,20\n").next(10)).hasSize(1);
    }

    @Test
    void rows_come_as_many_at_once_as_are_wanted() {
        FileRows rows = csv("parent,duplicate\n1,2\n3,4\n5,6\n");

        assertThat(rows.next(2)).hasSize(2);
        assertThat(rows.next(2)).hasSize(1);
        assertThat(rows.next(2)).isEmpty();
        assertThat(errors.any()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "\r\n\r\n", " \n,,\n"})
    void a_file_with_nothing_in_it_is_refused_with_what_is_expected(String nothing) {
        assertThatExceptionOfType(ConfigurationProblem.class)
                .isThrownBy(() -> csv(nothing))
                .withMessage("a.csv is empty; expected a header line with parent,duplicate and, if you like,"
                        + " reason,requested_by,external_ref,strategy");
    }

    @Test
    void a_file_that_breaks_off_in_reading_is_refused_with_the_reason() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Input/output error");
            }
        };

        assertThatExceptionOfType(ConfigurationProblem.class)
                .isThrownBy(() -> new FileRows(broken, "a.csv", ImportOptions.NONE, Inbox.any(), errors))
                .withMessage("a.csv cannot be read: Input/output error; nothing was added");
    }

    private FileRows csv(String text) {
        FileRows rows = new FileRows(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                "a.csv",
                ImportOptions.NONE,
                Inbox.any(),
                errors);
        assertThat(errors.any() ? errors.of("a.csv", "").lines() : List.of()).isEmpty();
        return rows;
    }

    private static FileRow row(
            long line,
            String parent,
            String duplicate,
            @Nullable String reason,
            @Nullable String requestedBy,
            @Nullable String externalRef) {
        return new FileRow(line, new NewRequest(parent, duplicate, reason, requestedBy, externalRef));
    }
}
