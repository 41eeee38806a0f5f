package com.convmerge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.convmerge.database.FileWrites;
import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import com.convmerge.testing.TestClock;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a claim asks of the database so that it is on the disk, and what an operator is told of databases that do not do it. */
class DurableCommitsTest {
    /** By default the tests' PostgreSQL itself has synchronous_commit off. */
    @ParameterizedTest
    @CsvSource({"off, on", "local, on", "remote_write, on", "on, on", "remote_apply, remote_apply"})
    void a_claim_waits_for_the_disk_whatever_the_default_of_the_database_is(String ofDatabase, String ofClaim) {
        try (Database made = Databases.postgres()) {
            String name = made.jdbc()
                    .sql("SELECT current_database()")
                    .query(String.class)
                    .single();
            made.jdbc()
                    .sql("ALTER DATABASE " + name + " SET synchronous_commit = " + ofDatabase)
                    .update();
            try (Database database = Databases.at(made.url(), made.username())) {
                AtomicReference<String> within = new AtomicReference<>();
                Ledger ledger = new Ledger(
                        database.jdbc(),
                        database.batches(),
                        database.transactions(),
                        commits(database),
                        new TestClock());

                assertThat(ledger.claim(List.of(), claim(), () -> true, () -> {
                            within.set(synchronousCommit(database));
                            return true;
                        }))
                        .isPresent();

                assertThat(within).hasValue(ofClaim);
                assertThat(synchronousCommit(database))
                        .as("what other transactions of the connection do")
                        .isEqualTo(ofDatabase);
            }
        }
    }

    @Test
    void a_postgresql_that_does_not_write_to_the_disk_is_named() throws Exception {
        try (EmbeddedPostgres careless = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .start();
                Database database = Databases.at(careless.getJdbcUrl("postgres", "postgres"), "postgres")) {
            assertThat(commits(database).warnings())
                    .containsExactly(
                            "PostgreSQL runs with fsync=off: what is committed is not on the disk, so that after a power cut"
                                    + " notes may be written twice. Set it to on",
                            "PostgreSQL runs with full_page_writes=off: a power cut may destroy the database. Set it to on");
        }
    }

    @Test
    void nothing_is_said_of_an_h2_whose_user_may_write_to_the_disk() {
        assertThat(commits(Databases.h2()).warnings()).isEmpty();
    }

    @Test
    void an_h2_whose_user_may_not_write_to_the_disk_is_refused() {
        Database owner = Databases.h2();
        owner.jdbc().sql("CREATE USER operator PASSWORD ''").update();
        try (Database database = Databases.at(owner.url().replaceFirst(";.*", ""), "operator")) {
            assertThatThrownBy(() -> commits(database).warnings())
                    .isInstanceOf(ConfigurationProblem.class)
                    .hasMessageStartingWith("the H2 user OPERATOR has no admin rights: without them what is committed");
        }
    }

    private static DurableCommits commits(Database database) {
        return new DurableCommits(database.jdbc(), database.batches(), new FileWrites());
    }

    private static String synchronousCommit(Database database) {
        return database.jdbc()
                .sql("SELECT current_setting('synchronous_commit')")
                .query(String.class)
                .single();
    }

    private static Claim claim() {
        ConversationId id = ConversationId.of(7);
        OperationKey key = OperationKey.ofSurvivorNote(id, 5, 1);
        return new Claim(key, OperationKind.SURVIVOR_NOTE, null, id, null, "cmpbcdfghjkm", null, 5);
    }
}
