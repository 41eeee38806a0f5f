package com.convmerge.requests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestLimitsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    ''                  | 20   | parent_conversation_id is empty
                    10                  | ' '  | duplicate_conversation_id is empty
                    abc                 | 20   | parent_conversation_id is "abc"; expected 1 to 18 digits without a leading zero
                    last                | 20   | parent_conversation_id is "last"; expected 1 to 18 digits without a leading zero
                    10                  | last | duplicate_conversation_id is "last"; expected 1 to 18 digits without a leading zero
                    10                  | 020  | duplicate_conversation_id is "020"; expected 1 to 18 digits without a leading zero
                    1234567890123456789 | 20   | parent_conversation_id is "1234567890123456789"; expected 1 to 18 digits without a leading zero
                    x                   | y    | parent_conversation_id is "x"; expected 1 to 18 digits without a leading zero
                    """)
    void a_faulty_id_is_reported_with_its_column(String parent, String duplicate, String error) {
        assertThat(RequestLimits.error(parent, duplicate, 0, 0, null)).contains(error);
    }

    @Test
    void a_text_is_accepted_up_to_its_maximum_length_and_refused_beyond() {
        assertThat(RequestLimits.error("10", "20", 2_000, 255, null)).isEmpty();
        assertThat(RequestLimits.error("10", "20", 2_001, 0, null))
                .contains("reason has 2001 characters; at most 2000 are accepted");
        assertThat(RequestLimits.error("10", "20", 0, 256, null))
                .contains("requested_by has 256 characters; at most 255 are accepted");
    }
}
