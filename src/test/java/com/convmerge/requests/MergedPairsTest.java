package com.convmerge.requests;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.MergeEdge;
import com.convmerge.merge.MergeEdge.Standing;
import com.convmerge.merge.Survivors;
import com.convmerge.merge.Verdict;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was merged before, where most requests are merged and where few are. */
@OnEachDatabase
class MergedPairsTest extends RequestsOnDatabase {
    private static final int CONVERSATIONS = 90;

    MergedPairsTest(Database database) {
        super(database);
    }

    @Test
    void of_many_merged_pairs_only_those_on_the_way_from_the_open_ones_are_looked_up() {
        List<MergeEdge> merged = new ArrayList<>(List.of(
                new MergeEdge(1, 20, 10, Standing.MERGED),
                new MergeEdge(2, 30, 20, Standing.MERGED),
                new MergeEdge(3, 40, 30, Standing.MERGED),
                new MergeEdge(4, 61, 60, Standing.MERGED)));
        IntStream.range(100, 150).forEach(i -> merged.add(new MergeEdge(i, 10, i, Standing.MERGED)));
        insert(merged);
        MergeEdge open = new MergeEdge(1_000, 10, 60, Standing.OPEN);

        List<MergeEdge> found = new MergedPairs(
                        database.jdbc(), new StreamingQuery(database.jdbc(), database.transactions()))
                .around(List.of(open), 1_000);

        assertThat(found).containsExactlyInAnyOrderElementsOf(merged.subList(0, 4));
    }

    @Test
    void more_conversations_than_one_look_up_takes_are_looked_up() {
        List<MergeEdge> merged = IntStream.range(0, 15_000)
                .mapToObj(i -> new MergeEdge(i, 100_000 + i, 200_000 + i, Standing.MERGED))
                .toList();
        insert(merged);
        List<MergeEdge> open = IntStream.range(0, 1_200)
                .mapToObj(i -> new MergeEdge(20_000 + i, 200_000 + i, 300_000 + i, Standing.OPEN))
                .toList();
        insert(open);

        assertThat(planner.decide(pending.lastId(), id -> false))
                .hasSize(1_200)
                .allMatch(verdict ->
                        verdict instanceof Verdict.Merge merge && merge.survivor() == merge.parent() - 100_000);
    }

    /** With one open request in sixty they are looked up, with twenty all are read. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 20})
    void the_verdicts_are_those_over_all_pairs(int open) {
        for (long seed = 0; seed < 25; seed++) {
            Random random = new Random(seed * 31 + open);
            Iterator<Long> ids = random.longs(1, 1_000_000).distinct().boxed().iterator();
            List<MergeEdge> pairs = new ArrayList<>();
            IntStream.rangeClosed(1, CONVERSATIONS)
                    .filter(duplicate -> random.nextInt(3) > 0)
                    .forEach(duplicate -> pairs.add(
                            new MergeEdge(ids.next(), duplicate + 1L + random.nextInt(4), duplicate, Standing.MERGED)));
            for (int i = 0; i < open; i++) {
                pairs.add(new MergeEdge(
                        ids.next(),
                        1L + random.nextInt(CONVERSATIONS),
                        1L + random.nextInt(CONVERSATIONS),
                        Standing.OPEN));
            }
            pairs.sort(Comparator.comparingLong(MergeEdge::requestId));
            startEmpty();
            insert(pairs);
            // What was taken back is as if it had never been asked for, also if the same pair is asked for again.
            insert(
                    IntStream.range(0, 20)
                            .mapToObj(i -> new MergeEdge(
                                    2_000_000 + i,
                                    1L + random.nextInt(CONVERSATIONS),
                                    1L + random.nextInt(CONVERSATIONS),
                                    Standing.MERGED))
                            .toList(),
                    "UNDONE");
            List<Verdict> expected = new ArrayList<>();
            Survivors.resolve(pairs, expected::add);

            assertThat(planner.decide(pending.lastId(), id -> false))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void a_merged_row_that_somebody_has_changed_to_no_id_holds_up_nothing() {
        insert(List.of(new MergeEdge(99, 20, 10, Standing.MERGED)));
        IntStream.range(100, 150).forEach(i -> insert(List.of(new MergeEdge(i, 10, i, Standing.MERGED))));
        table.set(99, "parent_conversation_id", "gone");
        table.set(100, "duplicate_conversation_id", "gone");
        insert(List.of(new MergeEdge(1_000, 10, 9, Standing.OPEN)));

        resolve();

        assertMergesInto(1_000, "10");
    }

    private void insert(List<MergeEdge> pairs) {
        insert(pairs.stream().filter(pair -> pair.standing() == Standing.MERGED).toList(), "MERGED");
        insert(pairs.stream().filter(pair -> pair.standing() != Standing.MERGED).toList(), "PENDING");
    }

    private void insert(List<MergeEdge> pairs, String status) {
        database.batches()
                .batchUpdate(
                        "INSERT INTO merge_request (id, parent_conversation_id, duplicate_conversation_id, status)"
                                + " VALUES (?, ?, ?, ?)",
                        pairs.stream()
                                .map(pair -> new Object[] {
                                    pair.requestId(),
                                    Long.toString(pair.parent()),
                                    Long.toString(pair.duplicate()),
                                    status
                                })
                                .toList());
    }
}
