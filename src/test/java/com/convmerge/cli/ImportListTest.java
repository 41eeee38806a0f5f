package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.importing.ImportResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportListTest {
    @Test
    void rows_that_the_spreadsheet_does_not_show_are_told() {
        assertThat(ImportList.describe(new ImportResult(7, 4, 1, 3, "Understood as: this.", List.of())))
                .containsExactly(
                        "Understood as: this. 3 of the rows are hidden or filtered out in the spreadsheet, and were imported"
                                + " too.",
                        "Import 7: added 4 requests; 1 was there already.");
        assertThat(ImportList.describe(new ImportResult(8, 0, 2, 1, "Understood as: this.", List.of("Notes", "Week"))))
                .containsExactly(
                        "Understood as: this. 1 of the rows is hidden or filtered out in the spreadsheet, and was imported"
                                + " too.",
                        "Import 8: added 0 requests; 2 were there already.",
                        "Ignored columns: Notes, Week.");
    }
}
