package com.convmerge.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.RequestStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said where nobody has asked for anything yet. */
class EmptyTableTest {
    @Test
    void an_empty_table_is_told_how_to_fill_and_another_is_not() {
        assertThat(EmptyTable.advice(Map.of()).orElse(""))
                .contains("nobody has asked for a merge yet", "import requests.csv", "parent,duplicate")
                .contains("INSERT INTO merge_request (parent_conversation_id, duplicate_conversation_id)");
        assertThat(EmptyTable.advice(Map.of(RequestStatus.PENDING, 0L))).isPresent();
        assertThat(EmptyTable.advice(Map.of(RequestStatus.REJECTED, 1L))).isEmpty();
    }
}
