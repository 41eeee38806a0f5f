package com.convmerge.importing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetIdTest {
    private static final String ID = "215470000000001";

    @ParameterizedTest
    @ValueSource(
            strings = {
                ID,
                "'" + ID,
                "\u2019" + ID,
                "'" + ID + "'",
                "=\"" + ID + "\"",
                "= \"'" + ID + "\"",
                "=" + ID,
                "\"" + ID + "\"",
                "\u00a0\u200b'" + ID + "\ufeff",
                "2154\u200b70000\u00ad000001",
                "215,470,000,000,001",
                "215.470.000.000.001",
                "215 470 000 000 001",
                "215\u202f470\u202f000\u202f000\u202f001",
                "215'470'000'000'001",
                ID + ".0",
                ID + ",00"
            })
    void what_a_spreadsheet_leaves_beside_an_id_is_taken_away(String cell) {
        assertThat(SpreadsheetId.in(cell)).isEqualTo(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.intercom.com/a/inbox/abc123/inbox/conversation/1",
                "<https://app.intercom.com/a/inbox/abc123/inbox/conversation/1>",
                "'https://app.intercom.com/a/inbox/abc123/inbox/conversation/1",
                "=HYPERLINK(\"https://app.intercom.com/a/inbox/abc123/inbox/conversation/1\",\"open, please\")",
                "=hyperlink( \"https://app.intercom.com/a/inbox/abc123/inbox/conversation/1\" )"
            })
    void and_beside_a_link(String cell) {
        assertThat(SpreadsheetId.in(cell)).isEqualTo("https://app.intercom.com/a/inbox/abc123/inbox/conversation/1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2.154", "1,5", "12.345", "215,47", "215.470,000", "1.0", "last", "21 54", "=A1", "#215", "-215"
            })
    void what_may_be_something_else_stays_as_it_is_and_is_refused(String cell) {
        assertThat(SpreadsheetId.in(cell)).isEqualTo(cell);
        assertThat(SpreadsheetId.fault(cell))
                .hasValueSatisfying(fault -> assertThat(fault).contains("\"" + cell + "\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.1547E+14", "2,1547E+14", "2.15e14", "2E+14", "2.15470000000701E+14", "########"})
    void a_number_that_the_spreadsheet_has_cut_is_refused_with_the_way_out(String cell) {
        assertThat(SpreadsheetId.fault(cell))
                .contains("is \"" + cell + "\": the spreadsheet has cut the number; paste the link to the conversation"
                        + " instead, or copy the id again into a column that is formatted as text");
    }
}
