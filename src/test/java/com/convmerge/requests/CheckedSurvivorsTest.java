package com.convmerge.requests;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import com.convmerge.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which survivors must be checked before their duplicates are changed, and which must get a note afterwards. */
@OnEachDatabase
class CheckedSurvivorsTest extends RequestsOnDatabase {
    private static final ConversationId SURVIVOR = ConversationId.of(10);
    private static final Instant LATER = TestClock.START.plus(Duration.ofHours(1));

    CheckedSurvivorsTest(Database database) {
        super(database);
    }

    @Test
    void each_survivor_is_to_be_checked_once_whatever_the_length_of_its_id() {
        List<ConversationId> added = addSurvivors();
        table.add("9", "77");
        resolve();

        assertThat(survivors.unchecked(TestClock.START, pending.lastId()))
                .extracting(Survivor::conversation)
                .containsExactlyInAnyOrderElementsOf(added);
    }

    @Test
    void a_survivor_that_was_found_in_this_run_is_not_checked_again_and_in_the_next_it_is() {
        table.add("10", "20");
        table.add("11", "30");
        resolve();
        long upToId = pending.lastId();

        survivors.found(List.of(SURVIVOR), TestClock.START);

        assertUnchecked(TestClock.START, upToId, ConversationId.of(11));
        assertUnchecked(LATER, upToId, SURVIVOR, ConversationId.of(11));

        survivors.found(List.of(SURVIVOR, ConversationId.of(11)), LATER);

        assertUnchecked(LATER, upToId);
    }

    @Test
    void only_what_is_to_be_applied_in_this_run_has_its_survivor_checked() {
        table.set(table.add("10", "20"), "status", "MERGED");
        table.add("11", "30");
        long upToId = pending.lastId();
        table.add("12", "40");
        resolve();

        assertUnchecked(TestClock.START, upToId, ConversationId.of(11));
    }

    @Test
    void a_survivor_comes_with_the_requests_that_would_be_merged_into_it_now() {
        long first = table.add("10", "20");
        long chained = table.add("20", "21");
        table.add("11", "22");
        long merged = table.add("10", "23");
        long upToId = pending.lastId();
        table.add("10", "24");
        resolve();
        table.set(merged, "status", "MERGED");

        assertThat(survivors.unchecked(TestClock.START, upToId))
                .contains(new Survivor(SURVIVOR, List.of(first, chained)));
    }

    @Test
    void what_would_be_merged_into_a_survivor_is_rejected_with_the_reason_unless_it_was_merged_meanwhile() {
        long first = table.add("10", "20");
        long merged = table.add("10", "21");
        long other = table.add("11", "22");
        resolve();
        table.set(merged, "status", "MERGED");

        assertThat(requests.reject(List.of(first, merged), "parent 10 is closed", EXECUTION))
                .containsExactly(first);

        assertThat(table.row(first))
                .containsEntry("status", "REJECTED")
                .containsEntry("status_detail", "parent 10 is closed")
                .containsEntry("job_execution_id", EXECUTION);
        assertThat(table.status(merged)).isEqualTo("MERGED");
        assertThat(table.status(other)).isEqualTo("PENDING");
    }

    @Test
    void each_survivor_with_new_merges_gets_a_note_once_whatever_the_length_of_its_id() {
        List<ConversationId> added = addSurvivors();
        mergeAll();

        assertThat(survivorNotes.unlisted())
                .extracting(Survivor::conversation)
                .containsExactlyInAnyOrderElementsOf(added);
    }

    @Test
    void a_note_lists_the_merges_assigned_to_it_and_no_other_note_lists_them() {
        long first = table.add("10", "20");
        long second = table.add("10", "21");
        long third = table.add("10", "22");
        long other = table.add("11", "23");
        mergeAll();
        OperationKey note = OperationKey.ofSurvivorNote(SURVIVOR, EXECUTION, 1);
        OperationKey next = OperationKey.ofSurvivorNote(SURVIVOR, EXECUTION, 2);

        survivorNotes.assign(note, List.of(second, first));
        survivorNotes.assign(next, List.of(second, third));

        assertThat(idsListedBy(note)).containsExactly(first, second);
        assertThat(idsListedBy(next)).containsExactly(third);
        assertThat(survivorNotes.unlisted()).containsExactly(new Survivor(ConversationId.of(11), List.of(other)));
    }

    @Test
    void what_is_not_merged_is_listed_by_no_note() {
        long request = table.add("10", "20");
        resolve();
        OperationKey note = OperationKey.ofSurvivorNote(SURVIVOR, EXECUTION, 1);

        survivorNotes.assign(note, List.of(request));

        assertThat(survivorNotes.unlisted()).isEmpty();
        assertThat(idsListedBy(note)).isEmpty();
    }

    /** Adds survivors whose ids sort differently as text and as numbers. */
    private List<ConversationId> addSurvivors() {
        List<ConversationId> added = LongStream.of(9, 10, 100, 99, 1_000, 2, 20)
                .mapToObj(ConversationId::of)
                .toList();
        added.forEach(survivor -> table.add(survivor.value(), "5" + survivor));
        resolve();
        return added;
    }

    private void mergeAll() {
        resolve();
        merged(LongStream.rangeClosed(1, pending.lastId()).boxed().toList(), true, EXECUTION);
    }

    private List<Long> idsListedBy(OperationKey note) {
        return survivorNotes.listedBy(note).stream().map(MergeRequest::id).toList();
    }

    private void assertUnchecked(Instant since, long upToId, ConversationId... expected) {
        assertThat(survivors.unchecked(since, upToId))
                .extracting(Survivor::conversation)
                .containsExactly(expected);
    }
}
