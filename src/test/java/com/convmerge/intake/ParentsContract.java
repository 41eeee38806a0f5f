package com.convmerge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.testing.Database;
import com.convmerge.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Survivors: which are to be checked before their duplicates are touched, and which are to be told afterwards. */
abstract class ParentsContract extends IntakeOnDatabase {
    private static final ConversationId PARENT = ConversationId.of(10);
    private static final Instant LATER = TestClock.START.plus(Duration.ofHours(1));

    ParentsContract(Database database) {
        super(database);
    }

    @Test
    void each_survivor_is_to_be_checked_once_whatever_the_length_of_its_id() {
        List<ConversationId> survivors = addSurvivors();
        table.add("9", "77");
        resolve();
        long upToId = requests.lastId();

        assertThat(byPages(after -> parents.unchecked(after, TestClock.START, upToId, 2)))
                .containsExactlyInAnyOrderElementsOf(survivors);
    }

    @Test
    void a_survivor_that_was_found_in_this_run_is_not_checked_again_and_in_the_next_it_is() {
        table.add("10", "20");
        table.add("11", "30");
        resolve();
        long upToId = requests.lastId();

        parents.found(List.of(PARENT), TestClock.START);

        assertThat(parents.unchecked("", TestClock.START, upToId, 10)).containsExactly(ConversationId.of(11));
        assertThat(parents.unchecked("", LATER, upToId, 10)).containsExactly(PARENT, ConversationId.of(11));
    }

    @Test
    void only_what_is_to_be_applied_in_this_run_has_its_survivor_checked() {
        table.set(table.add("10", "20"), "status", "MERGED");
        table.add("11", "30");
        long upToId = requests.lastId();
        table.add("12", "40");
        resolve();

        assertThat(parents.unchecked("", TestClock.START, upToId, 10)).containsExactly(ConversationId.of(11));
    }

    @Test
    void the_requests_of_a_survivor_are_those_that_would_be_merged_into_it_now() {
        long first = table.add("10", "20");
        long byWayOfParent = table.add("20", "21");
        table.add("11", "22");
        long merged = table.add("10", "23");
        long upToId = requests.lastId();
        table.add("10", "24");
        resolve();
        table.set(merged, "status", "MERGED");

        assertThat(parents.pendingOf(PARENT, upToId)).containsExactly(first, byWayOfParent);
    }

    @Test
    void each_survivor_with_new_merges_is_to_be_told_once_whatever_the_length_of_its_id() {
        List<ConversationId> survivors = addSurvivors();
        mergeAll();

        assertThat(byPages(after -> parentNotes.survivorsToTell(after, 2)))
                .containsExactlyInAnyOrderElementsOf(survivors);
    }

    @Test
    void a_note_tells_of_no_more_than_asked_and_the_next_of_the_rest() {
        List<Long> all = LongStream.range(100, 350)
                .mapToObj(duplicate -> table.add("10", Long.toString(duplicate)))
                .toList();
        table.add("11", "99");
        mergeAll();

        assertThat(parentNotes.countToTell(PARENT)).isEqualTo(250);
        assertThat(List.of(assign(1), assign(2), assign(3), assign(4))).containsExactly(100, 100, 50, 0);

        assertThat(parentNotes.countToTell(PARENT)).isZero();
        assertThat(told(1)).containsExactlyElementsOf(all.subList(0, 100));
        assertThat(told(2)).containsExactlyElementsOf(all.subList(100, 200));
        assertThat(told(3)).containsExactlyElementsOf(all.subList(200, 250));
        assertThat(parentNotes.survivorsToTell("", 10)).containsExactly(ConversationId.of(11));
    }

    @Test
    void what_is_not_merged_is_told_to_nobody() {
        table.add("10", "20");
        resolve();

        assertThat(parentNotes.survivorsToTell("", 10)).isEmpty();
        assertThat(assign(1)).isZero();
    }

    /** As text they are in another order than as numbers. */
    private List<ConversationId> addSurvivors() {
        List<ConversationId> survivors = LongStream.of(9, 10, 100, 99, 1_000, 2, 20)
                .mapToObj(ConversationId::of)
                .toList();
        survivors.forEach(survivor -> table.add(survivor.value(), "5" + survivor));
        resolve();
        return survivors;
    }

    private void mergeAll() {
        resolve();
        requests.merged(LongStream.rangeClosed(1, requests.lastId()).boxed().toList(), true, EXECUTION);
    }

    private int assign(int number) {
        return parentNotes.assign(OperationKey.ofParentNote(PARENT, EXECUTION, number), PARENT, 100);
    }

    private List<Long> told(int number) {
        return parentNotes.toldBy(OperationKey.ofParentNote(PARENT, EXECUTION, number)).stream()
                .map(MergeRequest::id)
                .toList();
    }

    private static List<ConversationId> byPages(Function<String, List<ConversationId>> pages) {
        List<ConversationId> all = new ArrayList<>();
        List<ConversationId> page = pages.apply("");
        while (!page.isEmpty()) {
            all.addAll(page);
            page = pages.apply(page.get(page.size() - 1).value());
        }
        return all;
    }
}
