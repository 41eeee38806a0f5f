package com.convmerge.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FileRowsFaultsTest {
    private static final String EXPECTED = "; expected a header line with parent,duplicate and, if you like,"
            + " reason,requested_by,external_ref,strategy; found: ";

    private static final String IN_PAIRS =
            "a double quote within a value is written twice, and the whole value gets one"
                    + " before it and one behind it, as in \"say \"\"yes\"\"\"";

    private final ImportErrors errors = new ImportErrors();

    @Test
    void a_missing_column_is_reported_with_what_was_expected_and_found() {
        assertThat(errors("parent,reason\n10,x\n"))
                .containsExactly("line 1: there is no column duplicate" + EXPECTED + "parent,reason");
    }

    @Test
    void a_column_that_is_there_twice_is_reported_with_what_was_expected_and_found() {
        assertThat(errors("\nparent, duplicate,Parent\n10,20,30\n"))
                .containsExactly("line 2: the column parent is there twice: rename or remove one of them;"
                        + " found: parent,duplicate,Parent");
    }

    @Test
    void each_invalid_id_is_reported() {
        assertThat(
                        errors(
                                "parent,duplicate\n,2.15E+14\nlast,20\nhttps://example.org/1,https://intercom.com/conversation/x\n"))
                .containsExactly(
                        "line 2: parent is empty",
                        "line 2: duplicate is \"2.15E+14\": the spreadsheet has cut the number; paste the link to the"
                                + " conversation instead, or copy the id again into a column that is formatted as text",
                        "line 3: parent is \"last\"; expected 1 to 18 digits without a leading zero",
                        "line 4: parent is a link, but not one to a conversation in Intercom's inbox:"
                                + " \"https://example.org/1\"; expected https://app.intercom.com/…/conversation/ID",
                        "line 4: duplicate is \"x\"; expected 1 to 18 digits without a leading zero");
    }

    @Test
    void a_character_within_an_id_that_cannot_be_told_by_its_looks_is_named() {
        assertThat(errors("parent,duplicate\n1\u00a00,2\uff10\n"))
                .containsExactly(
                        "line 2: parent is \"1\u00a00\", with U+00A0 (NO-BREAK SPACE) as character 2; expected 1 to 18"
                                + " digits without a leading zero",
                        "line 2: duplicate is \"2\uff10\", with U+FF10 (FULLWIDTH DIGIT ZERO) as character 2; expected"
                                + " 1 to 18 digits without a leading zero");
    }

    @Test
    void a_conversation_is_not_merged_into_itself_also_if_one_is_a_link() {
        assertThat(errors("parent,duplicate\n10,https://app.intercom.com/a/inbox/abc/inbox/conversation/10\n"))
                .containsExactly("line 2: merges conversation 10 into itself");
    }

    @Test
    void texts_may_be_as_long_as_the_table_accepts_and_no_longer() {
        assertThat(errors(texts(2_000, 255, 255))).isEmpty();
        assertThat(errors(texts(2_001, 256, 256)))
                .containsExactly(
                        "line 2: reason has 2001 characters; at most 2000 are accepted",
                        "line 2: requested_by has 256 characters; at most 255 are accepted",
                        "line 2: external_ref has 256 characters; at most 255 are accepted");
    }

    @Test
    void the_character_that_postgresql_cannot_store_is_an_error() {
        assertThat(errors("parent,duplicate,reason\n10,20,a\0b\n"))
                .containsExactly("line 2: reason contains a NUL character");
    }

    @Test
    void rows_with_another_number_of_fields_are_reported() {
        assertThat(errors("parent,duplicate,reason\n10,20\n10\n10,20,it broke, again\n30,40,\n"))
                .containsExactly(
                        "line 2: has 2 fields and the header 3",
                        "line 3: has 1 field and the header 3",
                        "line 4: has 4 fields and the header 3; a value with a comma needs double quotes around it");
    }

    @Test
    void an_error_after_a_value_of_several_lines_has_the_line_of_the_file() {
        assertThat(errors("parent,duplicate,reason\r\n10,20,\"one\r\ntwo\nthree\"\r\n30,x,\r\n"))
                .containsExactly("line 5: duplicate is \"x\"; expected 1 to 18 digits without a leading zero");
    }

    @Test
    void a_quote_that_is_never_closed_is_reported_with_the_line_where_its_row_begins() {
        assertThat(errors("parent,duplicate,reason\n10,x,\n30,40,\"oh\n50,60,\n"))
                .containsExactly(
                        "line 2: duplicate is \"x\"; expected 1 to 18 digits without a leading zero",
                        "line 3: has a double quote that is never closed, so that all the rest of the file would be one"
                                + " value; remove or close it: " + IN_PAIRS);
    }

    @Test
    void a_quote_that_is_never_closed_does_not_swallow_a_large_file() {
        assertThat(errors("parent,duplicate,reason\n30,40,\"oh\n" + "50,60,\n".repeat(200_000)))
                .singleElement()
                .asString()
                .isEqualTo(
                        "line 2: has a value of more than 1,000,000 characters; most likely a double quote in it is never"
                                + " closed: remove or close it");
    }

    @Test
    void text_after_a_closing_quote_is_reported() {
        assertThat(errors("parent,duplicate,reason\n30,40,\"say \"yes\"\"\n"))
                .containsExactly(
                        "line 2: has double quotes that are not in pairs: behind a closing one stands y; " + IN_PAIRS);
    }

    @Test
    void text_that_is_not_in_the_encoding_that_it_began_in_is_reported_with_a_line_near_it() {
        String file =
                "parent,duplicate,reason\n10,20,Zo\u00eb\n" + "10,20,plain\n".repeat(20_000) + "10,20,M\u00fcller\n";
        byte[] utf8 = file.getBytes(StandardCharsets.UTF_8);
        byte[] both = file.getBytes(StandardCharsets.ISO_8859_1);
        int end = "parent,duplicate,reason\n10,20,Zo\u00eb\n".getBytes(StandardCharsets.UTF_8).length;
        byte[] mixed = new byte[both.length + 1];
        System.arraycopy(utf8, 0, mixed, 0, end);
        System.arraycopy(both, end - 1, mixed, end, both.length - end + 1);

        FileRows rows = new FileRows(new ByteArrayInputStream(mixed), "a.csv", ImportOptions.NONE, Inbox.any(), errors);
        rows.next(100_000);

        assertThat(errors.of("a.csv", "").lines())
                .singleElement()
                .asString()
                .matches(
                        "line \\d+: is not UTF-8, or a line soon after it is not; save the file as UTF-8, or say what it"
                                + " is, such as: --encoding windows-1252");
    }

    @Test
    void twenty_errors_are_listed_and_the_rest_is_counted() {
        assertThat(errors(faultyRows(20))).hasSize(20).last().asString().startsWith("line 21: ");

        List<String> lines = new FileRowsFaultsTest().errors(faultyRows(23));

        assertThat(lines).hasSize(21).last().isEqualTo("and 3 more");
    }

    @Test
    void a_file_with_a_thousand_errors_is_not_read_on() {
        assertThat(errors(faultyRows(5_000))).hasSize(21).last().isEqualTo("and 980 more");
        assertThat(errors.of("a.csv", ""))
                .hasMessage("a.csv has 1,000 faults, and what follows was not read; nothing was added");
    }

    @Test
    void the_message_counts_the_errors() {
        errors(faultyRows(1));
        assertThat(errors.of("a.csv", "")).hasMessage("a.csv has 1 fault; nothing was added");
    }

    private static String faultyRows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "x,20\n")
                .collect(Collectors.joining("", "parent,duplicate\n", ""));
    }

    private static String texts(int reason, int requestedBy, int externalRef) {
        return "parent,duplicate,reason,requested_by,external_ref\n10,20," + "r".repeat(reason) + ","
                + "b".repeat(requestedBy) + "," + "e".repeat(externalRef) + "\n";
    }

    private List<String> errors(String text) {
        return errors(text, StandardCharsets.UTF_8);
    }

    /** The error messages that an operator reads for a file with {@code text}. */
    private List<String> errors(String text, Charset charset) {
        FileRows rows = new FileRows(
                new ByteArrayInputStream(text.getBytes(charset)), "a.csv", ImportOptions.NONE, Inbox.any(), errors);
        if (!errors.any()) {
            rows.next(10_000);
        }
        return errors.any() ? errors.of("a.csv", "").lines() : List.of();
    }
}
