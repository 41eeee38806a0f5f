package com.convmerge.importing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of more than 15 digits that a spreadsheet has cut and written out again, so that each looks like an id. */
class CutNumbersTest {
    @Test
    void a_column_of_ids_that_all_end_in_zeros_is_refused_with_the_way_out() {
        assertThat(Imported.text("parent,duplicate\n215470000000011000,215470000000001000\n"
                                + "215470000000011000,215470000000002000\n")
                        .faults())
                .containsExactly(
                        "line 2: parent ends in zeros behind its 15th digit, as in each of 2 rows: "
                                + SpreadsheetId.CUT_WAY_OUT,
                        "line 2: duplicate ends in zeros behind its 15th digit, as in each of 2 rows: "
                                + SpreadsheetId.CUT_WAY_OUT);
    }

    @Test
    void one_column_may_be_cut_and_the_other_not() {
        assertThat(Imported.text("parent,duplicate\n10,2154700000000010\n10,2154700000000020\n10,2154700000000030\n")
                        .faults())
                .singleElement()
                .asString()
                .startsWith("line 2: duplicate ends in zeros behind its 15th digit, as in each of 3 rows");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10,215470000000001000\n",
                "10,215470000000001000\n10,215470000000002001\n10,215470000000003000\n",
                "10,215470000000001000\n10,215470000000002\n",
                "2154700000000010,20\n2154700000000010,21\n2154700000000010,22\n2154700000000010,23\n",
                "215470000000000,215470000000010\n215470000000100,215470000001000\n",
                "10,app.intercom.com/a/inbox/abc/inbox/conversation/215470000000001000\n"
                        + "10,app.intercom.com/a/inbox/abc/inbox/conversation/215470000000002000\n"
            })
    void what_may_be_chance_or_cannot_be_cut_is_accepted(String rows) {
        assertThat(Imported.text("parent,duplicate\n" + rows).faults()).isEmpty();
    }
}
