package com.convmerge.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.RequestStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The text of the report. The expected texts are files under {@code golden/report}, so that a change shows what readers see. */
class RunReportTextTest {
    private static final Instant DUE = Instant.parse("2026-11-24T01:46:05Z");

    private final RunReportText text = new RunReportText(ZoneOffset.UTC);

    @Test
    void a_night_with_everything_in_it() {
        RunSummary summary = new RunSummary(1_234_567, 12, 3, 45, 678, 50, 3, DUE, 2_000_000);
        assertThat(text.summary(summary)).isEqualTo(golden("night.txt"));
    }

    @Test
    void nothing_left_to_do() {
        assertThat(text.summary(new RunSummary(0, 0, 0, 0, 0, 0, 0, null, 287))).isEqualTo(golden("nothing-left.txt"));
    }

    @Test
    void nothing_left_but_one_that_waits() {
        assertThat(text.summary(new RunSummary(0, 0, 0, 0, 0, 1, 0, DUE, 1)))
                .isEqualTo(golden("nothing-left-one-waits.txt"));
    }

    @Test
    void nothing_left_but_those_that_were_given_up_before() {
        assertThat(text.summary(new RunSummary(0, 0, 0, 0, 0, 0, 436, null, 1)))
                .isEqualTo(golden("nothing-left-given-up.txt"));
    }

    @Test
    void a_run_that_broke_off_before_it_began_does_not_claim_that_nothing_was_left() {
        assertThat(text.summary(new RunSummary(0, 0, 0, 0, 20_000, 0, 0, null, 0)))
                .isEqualTo(golden("not-begun.txt"));
    }

    @Test
    void one_line_for_each_request_that_was_not_merged() {
        List<RunProblem> problems = List.of(
                problem(15, "FAILED", "2", "1", "note not found: 404 not_found: Resource Not Found", null),
                problem(135, "REJECTED", "", "3", "duplicate_conversation_id is empty", null),
                problem(289, "RETRY", "5", "4", "note in doubt: 500 server_error", DUE),
                problem(1_000_000, "REJECTED", "6", "7", null, null));
        assertThat(text.problems(problems)).isEqualTo(golden("problems.txt"));
    }

    @Test
    void whatever_somebody_wrote_into_the_table_a_line_stays_a_line() {
        String hostile = "1\r\n2\u001b[2J3\u0085\u2028\u2029\u202e\u009b4\t";
        String line =
                text.problems(List.of(problem(1, "REJECTED", hostile, "x".repeat(41), "a\nb\u2028c\u001b[2Jd", null)));
        assertThat(line)
                .isEqualTo("REJECTED  request 1 (1??2?[2J3?????4? into " + "x".repeat(40) + "…): a b c?[2Jd"
                        + System.lineSeparator());
    }

    @Test
    void times_are_told_in_the_readers_zone() {
        assertThat(text.time(DUE)).isEqualTo("2026-11-24 01:46:05 Z");
        assertThat(new RunReportText(ZoneId.of("Europe/Berlin")).time(DUE)).isEqualTo("2026-11-24 02:46:05 CET");
    }

    @Test
    void what_became_of_a_request_since_is_told_apart_from_what_it_was() {
        RunProblem released = new RunProblem(3, "1", "2", RequestStatus.FAILED, "no", null, RequestStatus.MERGED);
        RunProblem deleted = new RunProblem(4, "1", "2", RequestStatus.RETRY, null, DUE, null);

        assertThat(text.problems(List.of(released, deleted)).lines())
                .containsExactly(
                        "FAILED    request 3 (2 into 1): no; since then it became MERGED",
                        "RETRY     request 4 (2 into 1): ; next try after 2026-11-24 01:46:05 Z; its row was deleted since");
    }

    private static RunProblem problem(
            long id, String status, String duplicate, String parent, @Nullable String detail, @Nullable Instant next) {
        return new RunProblem(
                id, parent, duplicate, RequestStatus.valueOf(status), detail, next, RequestStatus.valueOf(status));
    }

    static String golden(String file) {
        try (InputStream in = RunReportTextTest.class.getResourceAsStream("/golden/report/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
