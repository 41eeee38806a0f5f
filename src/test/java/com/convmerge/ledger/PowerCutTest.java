package com.convmerge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.database.FileWrites;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import com.convmerge.testing.PowerCut;
import com.convmerge.testing.RequestTable;
import com.convmerge.testing.TestClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the disk holds of the ledger on embedded H2 if the power is cut. */
class PowerCutTest {
    private static final int THREADS = 16;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @SuppressWarnings("NullAway.Init")
    private Database database;

    @SuppressWarnings("NullAway.Init")
    private Ledger ledger;

    @BeforeEach
    void open() {
        PowerCut.register();
        file = directory.resolve("night");
        database = Databases.at(PowerCut.url(file), "").migrate();
        DurableCommits durable = new DurableCommits(database.jdbc(), database.batches(), new FileWrites());
        ledger = new Ledger(database.jdbc(), database.batches(), database.transactions(), durable, new TestClock());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_claim_is_on_the_disk_when_it_returns_and_a_plain_commit_is_not() {
        take(1);
        new RequestTable(database).add("10", "20");

        try (Database left = PowerCut.afterCut(file, directory.resolve("left"))) {
            assertThat(states(left)).containsExactly("SENT");
            assertThat(requests(left)).isZero();
        }
        assertThat(requests(database)).isEqualTo(1);
    }

    @Test
    void a_further_claim_is_on_the_disk_too_with_the_settlements_before_it() {
        LedgerEntry first = take(1);
        List<Settlement> earlier = List.of(Settlement.done(first, TestClock.START, 200, "part-1"));

        assertThat(ledger.claim(earlier, claim(2), () -> true, () -> true)).isPresent();

        try (Database left = PowerCut.afterCut(file, directory.resolve("left"))) {
            assertThat(states(left)).containsExactly("DONE", "SENT");
        }
    }

    @Test
    void of_many_claims_at_the_same_time_each_is_on_the_disk_when_it_returns() throws Exception {
        List<Callable<Integer>> claims = new ArrayList<>();
        for (int i = 1; i <= THREADS; i++) {
            int number = i;
            claims.add(() -> {
                take(number);
                try (Database left = PowerCut.afterCut(file, directory.resolve("left" + number))) {
                    return states(left, number).size();
                }
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<Integer> found : threads.invokeAll(claims)) {
                assertThat(found.get()).isEqualTo(1);
            }
        } finally {
            threads.shutdown();
        }
    }

    private LedgerEntry take(int survivor) {
        return ledger.claim(List.of(), claim(survivor), () -> true, () -> true).orElseThrow();
    }

    private static Claim claim(int survivor) {
        ConversationId id = ConversationId.of(survivor);
        OperationKey key = OperationKey.ofSurvivorNote(id, 5, 1);
        return new Claim(key, OperationKind.SURVIVOR_NOTE, null, id, null, "cmp" + survivor, null, 5);
    }

    private static List<String> states(Database database) {
        return database.jdbc()
                .sql("SELECT state FROM merge_operation ORDER BY operation_key")
                .query(String.class)
                .list();
    }

    private static List<String> states(Database database, int survivor) {
        return database.jdbc()
                .sql("SELECT state FROM merge_operation WHERE conversation_id = :id")
                .param("id", Integer.toString(survivor))
                .query(String.class)
                .list();
    }

    private static long requests(Database database) {
        return database.jdbc()
                .sql("SELECT COUNT(*) FROM merge_request")
                .query(Long.class)
                .single();
    }
}
