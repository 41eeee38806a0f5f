package com.convmerge.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.convmerge.merge.NewRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Files as spreadsheets write them, byte by byte: src/test/resources/import. */
class SpreadsheetSamplesTest {
    private static final String GERMAN = "Größere Störung – gleiche Ursache";

    private final ImportErrors errors = new ImportErrors();
    private String understood = "";

    @Test
    void excel_in_german_writes_semicolons_and_windows_1252() throws IOException {
        assertThat(rows("01-german-cp1252.csv"))
                .containsExactly(
                        row(2, "215470000000001", "215470000000101", GERMAN, "müller@example.com", null),
                        row(3, "215470000000001", "215470000000102", "E-Mail; und Chat", "jörg", null));
        assertThat(understood)
                .isEqualTo("Understood as: Windows-1252, separated by \";\", header in line 1; parent from \"parent\","
                        + " duplicate from \"duplicate\", reason from \"reason\", requested_by from \"requested_by\".");
    }

    @Test
    void the_same_as_csv_utf_8() throws IOException {
        assertThat(rows("01b-german-utf8bom.csv"))
                .containsExactly(
                        row(2, "215470000000001", "215470000000101", GERMAN, "müller@example.com", null),
                        row(3, "215470000000001", "215470000000102", "E-Mail; und Chat", "jörg", null));
        assertThat(understood).startsWith("Understood as: UTF-8, separated by \";\", header in line 1;");
    }

    @Test
    void unicode_text_is_utf_16_with_tabs() throws IOException {
        assertThat(rows("02-utf16le-bom.txt"))
                .containsExactly(row(2, "215470000000002", "215470000000201", "Größer", null, null));
        assertThat(understood).startsWith("Understood as: UTF-16LE, separated by tabs, header in line 1;");
    }

    @Test
    void tabs_in_utf_8() throws IOException {
        assertThat(rows("02c-tab-utf8.csv"))
                .containsExactly(row(2, "215470000000002", "215470000000203", "x", null, null));
    }

    @Test
    void a_title_before_the_header_is_skipped() throws IOException {
        assertThat(rows("05c-title-row.csv"))
                .containsExactly(row(3, "215470000000005", "215470000000501", "x", null, null));
        assertThat(understood).contains(", header in line 2; ");
    }

    @Test
    void titles_are_known_in_any_case_and_with_spaces() throws IOException {
        assertThat(rows("05e-header-case2.csv"))
                .containsExactly(row(2, "215470000000005", "215470000000503", "x", "mia", "J-1"));
    }

    @Test
    void the_columns_of_the_table_are_known() throws IOException {
        assertThat(rows("05f-dbcols.csv"))
                .containsExactly(row(2, "215470000000005", "215470000000504", "x", null, null));
        assertThat(understood)
                .contains("parent from \"parent_conversation_id\", duplicate from \"duplicate_conversation_id\"");
    }

    @Test
    void a_number_that_the_spreadsheet_has_cut_is_refused_with_the_way_out() throws IOException {
        rows("07-scientific.csv");

        assertThat(errors.of("a.csv", "").lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("the spreadsheet has cut the number; paste the link"))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("line 2: parent is \"2.1547E+14\":"),
                        line -> assertThat(line).startsWith("line 2: duplicate is \"2.15470000000701E+14\":"),
                        line -> assertThat(line).startsWith("line 3: parent is \"2,1547E+14\":"));
    }

    @Test
    void apostrophes_and_spaces_beside_an_id_mean_nothing() throws IOException {
        assertThat(rows("08-apostrophe.csv"))
                .containsExactly(
                        row(2, "215470000000008", "215470000000801", null, null, null),
                        row(3, "215470000000008", "215470000000802", null, null, null),
                        row(4, "215470000000008", "215470000000803", null, null, null));
        assertThat(rows("08c-nbsp.csv"))
                .containsExactly(row(2, "215470000000008", "215470000000803", null, null, null));
    }

    @Test
    void links_are_understood_as_people_copy_them() throws IOException {
        assertThat(rows("09-links.csv"))
                .extracting(found -> found.request().duplicate())
                .containsExactly(
                        "215470000000901",
                        "215470000000902",
                        "215470000000903",
                        "215470000000904",
                        "215470000000905",
                        "215470000000906",
                        "215470000000907",
                        "215470000000908",
                        "215470000000909",
                        "215470000000910",
                        "215470000000912",
                        "215470000000913");
        assertThat(errors.of("a.csv", "").lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("line 12: duplicate is a link, but not one to a conversation"),
                        line -> assertThat(line)
                                .startsWith("line 15: duplicate is a link, but not one to a conversation"));
    }

    @Test
    void the_line_in_which_excel_names_the_separator_is_no_header() throws IOException {
        assertThat(rows("13-sepline.csv"))
                .containsExactly(row(3, "215470000000013", "215470000001301", "x", null, null));
        assertThat(understood).startsWith("Understood as: UTF-8, separated by \";\", header in line 2;");
    }

    @Test
    void an_excel_file_is_read_as_it_is() throws IOException {
        assertThat(rows("20-links.xlsx"))
                .extracting(found -> found.request().parent(), found -> found.request()
                        .duplicate())
                .containsExactly(tuple("215470000000020", "215470000002001"));
        assertThat(understood)
                .isEqualTo("Understood as: Excel (.xlsx), sheet \"s\", header in line 1; parent from \"Parent ID\","
                        + " duplicate from \"Duplicate ID\", reason from \"Reason\".");
    }

    private List<FileRow> rows(String sample) throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/import/" + sample))) {
            FileRows file = new FileRows(in, sample, ImportOptions.NONE, Inbox.any(), errors);
            List<FileRow> rows = file.next(1_000);
            understood = file.understood();
            return rows;
        }
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
