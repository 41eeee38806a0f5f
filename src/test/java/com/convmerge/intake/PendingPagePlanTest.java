package com.convmerge.intake;

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
 * Pins how the databases find a page of pending requests. At a million rows the right plan took 2 ms a page and the wrong one
 * 3.9 s: nothing else would show it before a long night.
 */
class PendingPagePlanTest {
    private static final int ROWS = 8_000;

    /** As small beside a partition's rows as a real page is. */
    private static final int PAGE = 5;

    @Test
    void h2_reads_a_page_from_the_index_in_its_order() {
        Database database = filled(Databases.h2());
        database.jdbc().sql("ANALYZE").update();

        String plan = plan(database);

        assertThat(plan).contains("/* index sorted */");
        assertThat(plan.substring(plan.indexOf("/*"), plan.indexOf("*/")))
                .contains("PUBLIC.MERGE_REQUEST_WORK: ", "STATUS = 'PENDING'", "PARTITION_KEY = ?1", "ID > ?2");
    }

    @Test
    void postgresql_reads_a_page_from_the_index_in_its_order() {
        Database database = filled(Databases.postgres());
        database.jdbc().sql("ANALYZE merge_request").update();

        assertThat(plan(database))
                .contains("Index Scan using merge_request_work on merge_request")
                .containsPattern("Index Cond: .*status.* AND .*partition_key = .* AND .*id > ")
                .doesNotContain("Sort", "Seq Scan", "Bitmap");
    }

    private static String plan(Database database) {
        return String.join(
                "\n",
                database.jdbc()
                        .sql("EXPLAIN " + Requests.PENDING_PAGE)
                        .param("partitionKey", 7)
                        .param("afterId", 0L)
                        .param("upToId", (long) ROWS)
                        .param("checkedSince", TestClock.START.atOffset(ZoneOffset.UTC))
                        .param("limit", PAGE)
                        .query(String.class)
                        .list());
    }

    /** The table of a night's evening: most of it pending, all of it checked, some of it done. */
    private static Database filled(Database database) {
        OffsetDateTime checked = TestClock.START.atOffset(ZoneOffset.UTC);
        List<Object[]> rows = IntStream.range(0, ROWS)
                .mapToObj(i -> new Object[] {
                    Integer.toString(1_000 + i), i % 5 == 0 ? "MERGED" : "PENDING", i % PartitionKeys.COUNT, checked
                })
                .toList();
        new TransactionTemplate(database.transactions())
                .executeWithoutResult(status -> database.batches().batchUpdate("""
                INSERT INTO merge_request (parent_conversation_id, duplicate_conversation_id, survivor_conversation_id,
                                           status, partition_key, survivor_checked_at)
                VALUES ('10', ?, '10', ?, ?, ?)
                """, rows));
        return database;
    }
}
