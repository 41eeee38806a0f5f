package com.convmerge.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.convmerge.merge.ConfigurationProblem;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which column of a file is which. */
class ColumnsTest {
    private final ImportErrors errors = new ImportErrors();

    @ParameterizedTest
    @CsvSource({
        "Parent ID|DUPLICATE_ID, parent from \"Parent ID\"; duplicate from \"DUPLICATE_ID\"",
        "parentConversationId|duplicate-url, parent from \"parentConversationId\"; duplicate from \"duplicate-url\"",
        "'Parent:|\u00a0Duplicate conversation (link)', 'parent from \"Parent:\"; duplicate from \"Duplicate conversation (link)\"'",
        "duplicate|parent|Requested-By|External Reference|REASON., "
                + "parent from \"parent\"; duplicate from \"duplicate\"; reason from \"REASON.\";"
                + " requested_by from \"Requested-By\"; external_ref from \"External Reference\""
    })
    void titles_are_known_whatever_their_case_spaces_and_punctuation(String header, String understood) {
        Columns columns = columns(ColumnChoices.NONE, header.split("\\|"));

        assertThat(columns.understood().replace(", ", "; ")).isEqualTo(understood);
        assertThat(errors.any()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "requested_bye, requested_by",
        "reasons, reason",
        "Reason for merge, reason",
        "Reson, reason",
        "Requester, requested_by",
        "requestd by, requested_by",
        "External ID, external_ref",
        "extrenal_ref, external_ref",
        "Ref, external_ref"
    })
    void a_title_that_may_be_a_column_is_asked_about_and_never_just_ignored(String title, String column) {
        columns(ColumnChoices.NONE, "parent", "duplicate", title);

        assertThat(lines())
                .containsExactly("line 1: the column \"" + title + "\" may be " + column
                        + "; if it is, rename it or add" + " --column " + column + "='" + title
                        + "'; if it is not, add --column ignore='" + title + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notes",
                "Region",
                "Priority",
                "requested_at",
                "Requested on",
                "status",
                "status_detail",
                "survivor_conversation_id",
                "same_as_request_id",
                "parent_note_key",
                "job_execution_id",
                "Parent subject",
                "Duplicate count"
            })
    void what_plainly_means_something_else_is_ignored_and_named(String title) {
        Columns columns = columns(ColumnChoices.NONE, "parent", "duplicate", title);

        assertThat(errors.any()).isFalse();
        assertThat(columns.ignored()).containsExactly(title);
    }

    @Test
    void what_is_not_sure_is_asked_back_with_the_option_that_answers() {
        columns(ColumnChoices.NONE, "Main ticket", "Duplicate ID");

        assertThat(lines())
                .containsExactly(
                        "line 1: there is no column parent; if another column is meant, say which one, such as:"
                                + " --column parent='Main ticket'; found: Main ticket,Duplicate ID");
    }

    @Test
    void a_duplicate_of_is_the_parent_and_not_the_duplicate() {
        columns(ColumnChoices.NONE, "Ticket", "Duplicate of");

        assertThat(lines())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("the column \"Duplicate of\" may be parent"),
                        line -> assertThat(line)
                                .contains("there is no column duplicate;", "--column duplicate='Ticket'"));
    }

    @Test
    void the_answer_is_taken_and_replaces_what_would_be_known() {
        ColumnChoices choices =
                ColumnChoices.of(List.of("parent=main  TICKET", "Duplicate ID=Parent", "ignore=Reasons"));

        Columns columns = columns(choices, "Main ticket", "Parent", "Reasons", "Duplicate");

        assertThat(errors.any() ? lines() : List.of()).isEmpty();
        assertThat(columns.understood()).isEqualTo("parent from \"Main ticket\", duplicate from \"Parent\"");
        assertThat(columns.ignored()).containsExactly("Reasons", "Duplicate");
    }

    @Test
    void an_answer_that_fits_no_title_is_told() {
        columns(ColumnChoices.of(List.of("reason=Why", "ignore=Notes")), "parent", "duplicate");

        assertThat(lines())
                .containsExactly(
                        "line 1: there is no column \"Why\", which --column names; found: parent,duplicate",
                        "line 1: there is no column \"Notes\", which --column names; found: parent,duplicate");
    }

    @Test
    void two_columns_for_the_same_are_asked_about() {
        columns(ColumnChoices.NONE, "Parent", "Parent ID", "duplicate");

        assertThat(lines())
                .containsExactly("line 1: the column parent is there twice: say which one it is, such as:"
                        + " --column parent='Parent ID'; found: Parent,Parent ID,duplicate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parent", "parent=", "=x", "survivor=x", "reasons=x"})
    void an_option_that_cannot_be_understood_is_told_with_an_example(String option) {
        assertThatExceptionOfType(ConfigurationProblem.class)
                .isThrownBy(() -> ColumnChoices.of(List.of(option)))
                .withMessage(
                        "--column is \"" + option + "\"; expected NAME=TITLE, where NAME is one of parent, duplicate,"
                                + " reason, requested_by, external_ref, strategy or ignore, and TITLE stands in the file's header, such as:"
                                + " --column parent='Main ticket'");
    }

    private Columns columns(ColumnChoices choices, String... header) {
        Columns columns = Columns.of(Arrays.asList(header), choices);
        columns.check(1, choices, errors);
        return columns;
    }

    private List<String> lines() {
        return errors.of("a.csv", "").lines();
    }
}
