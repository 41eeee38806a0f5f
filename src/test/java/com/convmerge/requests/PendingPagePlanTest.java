package com.convmerge.requests;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import com.convmerge.testing.TestClock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks the execution plan with which the databases find a page of pending requests. With a million rows the right plan takes
 * 2 ms a page and the wrong one 3.9 s. No other test has enough rows to show the difference.
 */
class PendingPagePlanTest {
    private static final int ROWS = 8_000;
    private static final int SURVIVORS = 2_000;

    /** Small in proportion to the rows of a partition, as a real page is. */
    private static final int PAGE = 5;

    @Test
    void h2_reads_a_page_from_the_index_in_its_order() {
        Database database = filled(Databases.h2());
        database.jdbc().sql("ANALYZE").update();

        String plan = plan(database);

        assertThat(plan).contains("/* index sorted */");
        assertThat(plan.substring(plan.indexOf("/*"), plan.indexOf("*/")))
                .contains("PUBLIC.MERGE_PLAN_WORK: ", "PARTITION_KEY = ?1", "REQUEST_ID > ?2");
        assertThat(plan).doesNotContain("tableScan");
    }

    @Test
    void postgresql_reads_a_page_from_the_index_in_its_order() {
        Database database = filled(Databases.postgres());
        database.jdbc().sql("ANALYZE").update();

        assertThat(plan(database))
                .containsPattern("Index (Only )?Scan using merge_plan_work on merge_plan")
                .containsPattern("Index Cond: .*partition_key = .* AND .*request_id > ")
                .contains("Index Scan using merge_request_pkey on merge_request")
                .doesNotContain("Sort", "Seq Scan", "Bitmap");
    }

    private static String plan(Database database) {
        return String.join(
                "\n",
                database.jdbc()
                        .sql("EXPLAIN " + PendingRequests.PAGE)
                        .param("partitionKey", 7)
                        .param("afterId", 0L)
                        .param("upToId", (long) ROWS)
                        .param("limit", PAGE)
                        .query(String.class)
                        .list());
    }

    /** Fills the tables as they are before a run: most requests are pending, the others wait for a retry, every survivor is found. */
    private static Database filled(Database database) {
        List<Object[]> requests = IntStream.range(0, ROWS)
                .mapToObj(i -> new Object[] {i, Integer.toString(1_000 + i), i % 5 == 0 ? "RETRY" : "PENDING"})
                .toList();
        List<Object[]> plan = IntStream.range(0, ROWS)
                .mapToObj(i -> new Object[] {i, i % PartitionKeys.COUNT, Integer.toString(i % SURVIVORS)})
                .toList();
        OffsetDateTime found = TestClock.START.atOffset(ZoneOffset.UTC);
        List<Object[]> survivors = IntStream.range(0, SURVIVORS)
                .mapToObj(i -> new Object[] {Integer.toString(i), found})
                .toList();
        new TransactionTemplate(database.transactions()).executeWithoutResult(status -> {
            database.batches()
                    .batchUpdate(
                            "INSERT INTO merge_request (id, parent_conversation_id, duplicate_conversation_id, status)"
                                    + " VALUES (?, '10', ?, ?)",
                            requests);
            database.batches()
                    .batchUpdate(
                            "INSERT INTO merge_plan (request_id, partition_key, survivor_conversation_id) VALUES (?, ?, ?)",
                            plan);
            database.batches()
                    .batchUpdate("INSERT INTO merge_survivor (conversation_id, found_at) VALUES (?, ?)", survivors);
        });
        return database;
    }
}
