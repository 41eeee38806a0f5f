package com.convmerge.importing;

import static com.convmerge.importing.Xlsx.formula;
import static com.convmerge.importing.Xlsx.number;
import static com.convmerge.importing.Xlsx.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.convmerge.merge.ConfigurationProblem;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** .xlsx files, which are known by their content and not by their name. */
class ExcelRecordsTest {
    private static final String HEADER = text("A", "Parent") + text("B", "Duplicate") + text("C", "Reason");
    private static final String LINK = "https://app.intercom.com/a/inbox/abc123/inbox/conversation/215470000000020";

    private final ImportErrors errors = new ImportErrors();
    private String understood = "";

    @Test
    void numbers_are_ids_as_they_were_typed_and_a_short_row_has_empty_cells() {
        byte[] file = new Xlsx()
                .sheet(
                        "s",
                        "visible",
                        HEADER,
                        number("A", "215470000000001") + number("B", "2.15470000000101E+14") + number("C", "4711"),
                        number("A", "215470000000001") + number("B", "215470000000102.0"))
                .bytes();

        assertThat(pairs(file))
                .containsExactly("215470000000001 215470000000101 4711", "215470000000001 215470000000102 null");
        assertThat(errors.any()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2154700000000010", "2.15470000000001E+15", "9007199254740993", "1E+16"})
    void a_number_of_more_digits_than_excel_keeps_is_refused_with_the_way_out(String cut) {
        assertThat(pairs(new Xlsx()
                        .sheet("s", "visible", HEADER, number("A", "10") + number("B", cut) + text("C", ""))
                        .bytes()))
                .isEmpty();
        assertThat(errors.of("a.xlsx", "").lines())
                .singleElement()
                .asString()
                .startsWith("line 2: duplicate is \"")
                .contains("the spreadsheet has cut the number; paste the link");
    }

    @Test
    void text_of_sixteen_digits_is_an_id_as_it_stands() {
        assertThat(pairs(new Xlsx()
                        .sheet("s", "visible", HEADER, text("A", "'2154700000000011") + text("B", "2154700000000012"))
                        .bytes()))
                .containsExactly("2154700000000011 2154700000000012 null");
    }

    @Test
    void a_formula_counts_by_what_it_shows_and_a_link_by_where_it_leads() {
        byte[] file = new Xlsx()
                .sheet(
                        "s",
                        "visible",
                        HEADER,
                        formula("A", "HYPERLINK(&quot;" + LINK + "&quot;,&quot;open&quot;)", "str", "open")
                                + formula("B", "10+20", "n", "30")
                                + formula("C", "A1&amp;B1", "str", "both"))
                .bytes();

        assertThat(pairs(file)).containsExactly("215470000000020 30 both");
    }

    @Test
    void a_cell_that_shows_no_id_counts_by_its_hyperlink_and_a_text_stays_a_text() {
        byte[] file = new Xlsx()
                .sheet(
                        "s",
                        "visible",
                        HEADER,
                        text("A", "Outage of Monday") + number("B", "2.1547E+20") + text("C", "see there"),
                        text("A", "215470000000020") + text("B", "40"))
                .links("A2", LINK, "B2", LINK + "1?view=List&amp;x=1", "C2", LINK, "A3", LINK)
                .bytes();

        assertThat(pairs(file))
                .containsExactly("215470000000020 2154700000000201 see there", "215470000000020 40 null");
    }

    @Test
    void the_first_visible_sheet_with_a_header_is_read_and_the_others_are_named() {
        String data = text("A", "10") + text("B", "20");
        byte[] file = new Xlsx()
                .sheet("Read me", "visible", text("A", "How to use this"))
                .sheet("Old", "hidden", HEADER, text("A", "1") + text("B", "2"))
                .sheet(
                        "Merges",
                        "visible",
                        text("A", "Duplicates of November"),
                        "",
                        HEADER,
                        data,
                        "",
                        data.replace("20", "21"))
                .bytes();

        assertThat(pairs(file)).containsExactly("10 20 null", "10 21 null");
        assertThat(understood)
                .startsWith(
                        "Understood as: Excel (.xlsx), sheet \"Merges\" (not read: \"Read me\"), header in line 3;");
    }

    @Test
    void faults_have_the_row_of_the_sheet() {
        pairs(new Xlsx()
                .sheet("s", "visible", HEADER, "", text("A", "10") + text("B", "last"), text("A", "1") + text("D", "x"))
                .bytes());

        assertThat(errors.of("a.xlsx", "").lines())
                .containsExactly(
                        "line 3: duplicate is \"last\"; expected 1 to 18 digits without a leading zero",
                        "line 4: has 4 fields and the header 3; give each column a title");
    }

    @Test
    void a_damaged_file_is_told_in_one_line() {
        byte[] file = new Xlsx().sheet("s", "visible", HEADER).bytes();

        assertThatExceptionOfType(ConfigurationProblem.class)
                .isThrownBy(() -> pairs(Arrays.copyOf(file, file.length / 2)))
                .withMessageStartingWith("a.xlsx is ")
                .withMessageEndingWith("; in the spreadsheet program, save it as .xlsx or as CSV, and import that");
    }

    private List<String> pairs(byte[] file) {
        FileRows rows = new FileRows(new ByteArrayInputStream(file), "a.xlsx", ImportOptions.NONE, Inbox.any(), errors);
        List<String> found = rows.next(100).stream()
                .map(row -> row.request().parent() + " " + row.request().duplicate() + " "
                        + row.request().reason())
                .toList();
        understood = rows.understood();
        return found;
    }
}
