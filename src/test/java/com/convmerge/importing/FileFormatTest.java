package com.convmerge.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.convmerge.merge.ConfigurationProblem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file is, which its content says. */
class FileFormatTest {
    private final ImportErrors errors = new ImportErrors();

    @ParameterizedTest
    @CsvSource({
        "mimetype, application/vnd.oasis.opendocument.spreadsheet, an OpenDocument spreadsheet (.ods)",
        "xl/workbook.bin, x, a binary Excel file (.xlsb)",
        "requests.csv, 'parent,duplicate', an archive (ZIP) and no .xlsx file"
    })
    void an_archive_that_is_no_xlsx_is_refused_with_what_it_is_and_the_way_out(String entry, String text, String what)
            throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        assertRefused(file.toByteArray(), what);
    }

    @ParameterizedTest
    @CsvSource({
        "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1, 'an old Excel file (.xls), or one with a password'",
        "%PDF-1.7, a PDF",
        "'\u001f\u008b\b', compressed (gzip)",
        "'\n <HTML><table>', 'a web page (HTML), also if its name ends in .xls'"
    })
    void what_is_no_table_of_text_is_refused_with_what_it_is_and_the_way_out(String start, String what) {
        assertRefused(start.getBytes(StandardCharsets.ISO_8859_1), what);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parent|duplicate\n10|20\n",
                "sep=|\r\nparent|duplicate\r\n10|20\r\n",
                "SEP=\t\nparent\tduplicate\n10\t20\n",
                "\"sep=;\"\nparent;duplicate\n10;20\n",
                "Merges, November; all\n\nparent;duplicate;a,b,c,d\n10;20;x\n",
                "parent\rduplicate,parent\r20,10\r"
            })
    void the_separator_is_the_one_that_makes_a_header(String file) {
        assertThat(rows(file)).containsExactly("10 20");
    }

    @Test
    void what_stands_before_the_header_must_be_no_request() {
        rows("10,20\nparent,duplicate\n11,21\n");

        assertThat(errors.of("a.csv", "").lines())
                .containsExactly("line 1: stands before the header and has a request in it");
    }

    @Test
    void a_file_without_a_header_is_told_so() {
        rows("215470000000001;215470000000101\n");

        assertThat(errors.of("a.csv", "").lines())
                .containsExactly("line 1: has a request in it, and no header stands before it; expected "
                        + Columns.EXPECTED + "; found: 215470000000001,215470000000101");
    }

    @Test
    void the_separator_is_found_also_for_titles_that_are_to_be_explained() {
        rows("Main ticket;Other ticket;Why, and how\n10;20;x\n");

        assertThat(errors.of("a.csv", "").lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains("there is no column parent;", "--column parent='Main ticket'"),
                        line -> assertThat(line).contains("there is no column duplicate;"));
    }

    private List<String> rows(String file) {
        FileRows rows = new FileRows(
                new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
                "a.csv",
                ImportOptions.NONE,
                Inbox.any(),
                errors);
        return rows.next(10).stream()
                .map(row -> row.request().parent() + " " + row.request().duplicate())
                .toList();
    }

    private static void assertRefused(byte[] file, String what) {
        assertThatExceptionOfType(ConfigurationProblem.class)
                .isThrownBy(() -> new FileRows(
                        new ByteArrayInputStream(file), "a.xls", ImportOptions.NONE, Inbox.any(), new ImportErrors()))
                .withMessage("a.xls is " + what
                        + "; in the spreadsheet program, save it as .xlsx or as CSV, and import that");
    }
}
