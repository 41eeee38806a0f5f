package com.convmerge.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.convmerge.merge.ConfigurationProblem;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text files that are no good table: what they are is said, and what to do. */
class UnusualTextTest {
    private static final String EXPECTED = "; expected " + Columns.EXPECTED + "; found: ";

    @Test
    void empty_fields_behind_the_last_column_mean_nothing() {
        assertThat(Imported.text("parent,duplicate,reason\n10,20,why,\n10,21,why,,, \n10,22,,\u00a0\n")
                        .pairs())
                .containsExactly("10 20", "10 21", "10 22");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"parent,duplicate\"\n\"10,20\"\n", "All of November\n\"parent;duplicate\"\n\"10;20\"\n"})
    void lines_that_are_quoted_as_a_whole_are_told(String file) {
        assertThat(Imported.text(file).faults())
                .singleElement()
                .asString()
                .contains(
                        ": is in double quotes as a whole, so that it is one value; save the file as CSV again, or take"
                                + " away the quotes around the whole lines" + EXPECTED + "parent");
    }

    @Test
    void rows_that_are_quoted_as_a_whole_below_a_good_header_are_told() {
        assertThat(Imported.text("parent,duplicate,reason\n\"10,20,\"\"x\"\"\"\n")
                        .faults())
                .containsExactly(
                        "line 2: has 1 field and the header 3; it is in double quotes as a whole, so that it is"
                                + " one value; save the file as CSV again, or take away the quotes around the whole lines");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parent^duplicate", "parent duplicate", "Conversations"})
    void a_file_of_one_column_says_that_nothing_separates_its_values(String header) {
        assertThat(Imported.text("\n" + header + "\n1\n").faults())
                .containsExactly(
                        "line 2: is one column, as nothing separates its values; write a comma, a semicolon, a tab"
                                + " or | between them" + EXPECTED + header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"parent\": 1}", "[{\"parent\": 1}]", "\uFEFF[ \n [1, 2]]", "{}", "[]"})
    void json_is_told_to_be_json(String file) {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
            assertThatExceptionOfType(ConfigurationProblem.class)
                    .isThrownBy(() -> Imported.of(file.getBytes(charset), "a.csv", ImportOptions.NONE))
                    .withMessage(
                            "a.csv is JSON; make a CSV or .xlsx file of it, with the columns parent and duplicate, and"
                                    + " import that");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, 'which programs write for an empty cell; fill in the conversation, or remove the row'",
        "None, 'which programs write for an empty cell; fill in the conversation, or remove the row'",
        "null, 'which programs write for an empty cell; fill in the conversation, or remove the row'",
        "N/A, 'which programs write for an empty cell; fill in the conversation, or remove the row'",
        "#N/A, 'an error of the spreadsheet''s; mend the cell, or paste the link to the conversation'",
        "#REF!, 'an error of the spreadsheet''s; mend the cell, or paste the link to the conversation'",
        "#NAME?, 'an error of the spreadsheet''s; mend the cell, or paste the link to the conversation'"
    })
    void what_stands_for_no_value_is_no_id_but_stays_in_a_text(String none, String what) {
        assertThat(Imported.text("parent,duplicate,external_ref\n10," + none + "," + none + "\n10,20," + none + "\n")
                        .faults())
                .containsExactly("line 2: duplicate is \"" + none + "\", " + what);
    }

    @ParameterizedTest
    @CsvSource({
        "parent=Main;duplicate=main, 'parent', 'duplicate'",
        "ignore=Main;duplicate=Main, 'ignore', 'duplicate'",
        "Parent ID=Main;ignore= MAIN, 'parent', 'ignore'"
    })
    void a_title_is_given_one_meaning_only(String options, String first, String second) {
        assertThatExceptionOfType(ConfigurationProblem.class)
                .isThrownBy(() -> ColumnChoices.of(List.of(options.split(";"))))
                .withMessageMatching("--column says that \"(?i:main)\" is both " + first + " and " + second
                        + "; it can be one of them");
    }

    @Test
    void the_advice_about_an_encoding_is_not_the_one_that_was_tried() {
        byte[] undefined = "parent,duplicate,reason\n10,20,a \u0081 b\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Imported.of(undefined, "a.csv", ImportOptions.NONE).faults())
                .singleElement()
                .asString()
                .endsWith("; save the file as UTF-8, or say what it is, such as: --encoding windows-1250");
        assertThat(Imported.of(undefined, "a.csv", ImportOptions.of(List.of(), "UTF-8"))
                        .faults())
                .containsExactly(
                        "line 1: is not UTF-8, as --encoding says, or a line soon after it is not; save the file"
                                + " as UTF-8, or name another encoding, or none, so that it is found out");
    }

    @Test
    void the_line_of_a_fault_counts_the_one_that_names_the_separator() {
        assertThat(Imported.text("sep=;\nparent;duplicate\n10;20\n10;\"21\n").faults())
                .singleElement()
                .asString()
                .startsWith("line 4: has a double quote that is never closed");
    }
}
