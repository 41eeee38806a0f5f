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
    void a_survivor_that_was_found_in_this_run_is_known_and_in_the_next_it_is_not() {
        assertThat(survivors.isFoundSince(SURVIVOR, TestClock.START)).isFalse();

        survivors.found(SURVIVOR, TestClock.START);

        assertThat(survivors.isFoundSince(SURVIVOR, TestClock.START)).isTrue();
        assertThat(survivors.isFoundSince(SURVIVOR, LATER)).isFalse();
        assertThat(survivors.isFoundSince(ConversationId.of(11), TestClock.START))
                .isFalse();

        survivors.found(SURVIVOR, LATER);

        assertThat(survivors.isFoundSince(SURVIVOR, LATER)).isTrue();
        assertThat(survivors.lastFound()).contains(SURVIVOR);
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
}
