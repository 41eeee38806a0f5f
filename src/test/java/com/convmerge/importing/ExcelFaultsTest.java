package com.convmerge.importing;

import static com.convmerge.importing.Xlsx.cell;
import static com.convmerge.importing.Xlsx.formula;
import static com.convmerge.importing.Xlsx.hidden;
import static com.convmerge.importing.Xlsx.number;
import static com.convmerge.importing.Xlsx.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.convmerge.merge.ConfigurationProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** .xlsx files with something in them that would be lost, taken for something else, or end in a fault of the library. */
class ExcelFaultsTest {
    private static final String HEADER = text("A", "Parent") + text("B", "Duplicate") + text("C", "Reason");
    private static final String ROW = text("A", "10") + text("B", "20");
    private static final String LINK = "https://app.intercom.com/a/inbox/abc123/inbox/conversation/";
    private static final String WAY_OUT =
            "; in the spreadsheet program, save it as .xlsx or as CSV, and import that; nothing was added";

    @Test
    void a_date_is_no_id_and_does_no_harm_elsewhere() {
        String iso = cell("C", "t=\"d\" s=\"0\"", "2026-11-01T00:00:00");
        Imported file = Imported.excel(new Xlsx()
                .sheet(
                        "s",
                        "visible",
                        cell("A", "t='d'", "2026-11-01"),
                        HEADER,
                        ROW + iso,
                        text("A", "10") + iso.replace("\"CROW\"", "\"BROW\""),
                        text("A", "10") + cell("B", "s=\"1\"", "45000")));

        assertThat(file.pairs()).containsExactly("10 20", "10 45000");
        assertThat(file.faults())
                .containsExactly(
                        "line 4: duplicate is \"2026-11-01T00:00:00\"; expected 1 to 18 digits without a leading"
                                + " zero");
    }

    @Test
    void a_number_that_is_shown_as_a_date_is_no_id() {
        Imported file = Imported.excel(new Xlsx()
                .sheet(
                        "s",
                        "visible",
                        HEADER,
                        text("A", "10") + cell("B", "s=\"1\"", "45000"),
                        text("A", "10") + cell("B", "s=\"2\"", "45000.5"),
                        text("A", "10") + cell("B", "s=\"1\"", "215470000000001"),
                        text("A", "10") + cell("B", "s=\"0\"", "45000"))
                .styles(0, 14, 22));

        assertThat(file.pairs()).containsExactly("10 215470000000001", "10 45000");
        assertThat(file.faults())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("line 2: duplicate is \"2023-03-15\";"),
                        line -> assertThat(line).startsWith("line 3: duplicate is \"2023-03-15T12:00\";"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "99", "-1", "2000000000", "x"})
    void a_text_that_is_missing_in_the_file_is_not_taken_for_an_empty_one(String position) {
        assertThatExceptionOfType(ConfigurationProblem.class)
                .isThrownBy(() -> Imported.excel(new Xlsx()
                        .sheet(
                                "Merges",
                                "visible",
                                HEADER,
                                ROW,
                                cell("A", "t=\"s\"", "1") + cell("B", "t=\"s\"", position))
                        .texts("30", "40")))
                .withMessage("a.xlsx is damaged: it does not have the text of a cell in row 3 of the sheet \"Merges\""
                        + WAY_OUT);
    }

    @Test
    void a_file_without_any_texts_to_share_is_damaged_too() {
        assertThatExceptionOfType(ConfigurationProblem.class)
                .isThrownBy(() -> Imported.excel(new Xlsx()
                        .sheet("s", "visible", HEADER, ROW, cell("A", "t=\"s\"", "0") + cell("B", "t=\"s\"", "0"))))
                .withMessageStartingWith("a.xlsx is damaged: it does not have the text of a cell in row 3 ");
    }

    @Test
    void texts_that_are_there_are_read() {
        assertThat(Imported.excel(new Xlsx()
                                .sheet("s", "visible", HEADER, cell("A", "t=\"s\"", "1") + cell("B", "t=\"s\"", "0"))
                                .texts("30", "40"))
                        .pairs())
                .containsExactly("40 30");
    }

    @Test
    void what_the_library_cannot_read_is_told_with_the_row_before_it() {
        assertThatExceptionOfType(ConfigurationProblem.class)
                .isThrownBy(() -> Imported.excel(
                        new Xlsx().sheet("s", "visible", HEADER, ROW, text("A", "10") + cell("B", "s=\"many\"", "20"))))
                .withMessage(
                        "a.xlsx cannot be read beyond row 2 of the sheet \"s\": what follows is damaged, or of a kind"
                                + " that is not known here" + WAY_OUT);
    }

    @Test
    void a_text_and_a_link_to_another_conversation_are_refused() {
        Imported file = Imported.excel(new Xlsx()
                .sheet(
                        "s",
                        "visible",
                        HEADER,
                        ROW,
                        ROW,
                        text("A", "10") + text("B", "Ticket 215470000000001"),
                        text("A", "10")
                                + formula("B", "HYPERLINK(&quot;" + LINK + "31&quot;,&quot;30&quot;)", "str", "30"),
                        text("A", "10") + text("B", "Ticket 4711"))
                .links("B2:B3", LINK + "21", "B4", LINK + "22", "B6", LINK + "23"));

        assertThat(file.pairs()).containsExactly("10 23");
        assertThat(file.faults())
                .containsExactly(
                        conflict(2, "20", "21"),
                        conflict(3, "20", "21"),
                        conflict(4, "215470000000001", "22"),
                        conflict(5, "30", "31"));
    }

    private static String conflict(int line, String shown, String linked) {
        return "line " + line + ": duplicate shows conversation " + shown + ", but its hyperlink leads to " + linked
                + "; leave only what is meant in the cell";
    }

    @Test
    void a_link_that_a_formula_puts_together_is_not_taken_for_its_beginning() {
        assertThat(Imported.excel(new Xlsx()
                                .sheet(
                                        "s",
                                        "visible",
                                        HEADER,
                                        text("A", "10")
                                                + formula(
                                                        "B",
                                                        "HYPERLINK(&quot;" + LINK + "2154&quot;&amp;D2,&quot;x&quot;)",
                                                        "str",
                                                        "215470000000001")))
                        .pairs())
                .containsExactly("10 215470000000001");
    }

    @Test
    void hidden_rows_are_read_and_counted() {
        Imported file = Imported.excel(new Xlsx()
                .sheet(
                        "s",
                        "visible",
                        hidden(text("A", "For the team")),
                        HEADER,
                        ROW,
                        hidden(ROW.replace("20", "21")),
                        hidden(""),
                        hidden(number("A", "10") + number("B", "22"))));

        assertThat(file.pairs()).containsExactly("10 20", "10 21", "10 22");
        assertThat(file.hiddenRows()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hidden", "veryHidden"})
    void a_hidden_sheet_is_not_read_without_a_word(String state) {
        assertThatExceptionOfType(ConfigurationProblem.class)
                .isThrownBy(() -> Imported.excel(new Xlsx()
                        .sheet("Old", state, HEADER, ROW)
                        .sheet("Read me", "visible", text("A", "How to use this"))))
                .withMessageStartingWith("the sheet \"Old\" of a.xlsx is hidden, and no other one has a header")
                .withMessageEndingWith("; nothing was added");
        assertThatExceptionOfType(ConfigurationProblem.class)
                .isThrownBy(() -> Imported.excel(new Xlsx().sheet("Old", state, text("A", "x"))))
                .withMessage("all sheets of a.xlsx are hidden" + WAY_OUT);
    }

    @Test
    void what_may_be_a_header_in_sight_is_asked_about_before_a_hidden_one() {
        assertThat(Imported.excel(new Xlsx()
                                .sheet("Old", "hidden", HEADER, ROW)
                                .sheet("Merges", "visible", text("A", "Main ticket") + text("B", "Duplicate")))
                        .faults())
                .singleElement()
                .asString()
                .contains("--column parent='Main ticket'");
    }

    @Test
    void values_in_one_cell_are_told() {
        assertThat(Imported.excel(new Xlsx().sheet("s", "visible", text("A", "parent,duplicate"), text("A", "10,20")))
                        .faults())
                .singleElement()
                .asString()
                .startsWith("line 1: has all values in one cell; split them into columns");
    }
}
