package com.convmerge.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.run.RunEnd;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A PostgreSQL whose defaults for sessions are not those that a run needs. */
class SessionDefaultsTest {
    @Test
    void a_run_is_complete_whatever_the_defaults_for_transactions_are() {
        for (String isolation : new String[] {"serializable", "repeatable read"}) {
            Database database = Databases.postgres();
            setDefault(database, "default_transaction_isolation", isolation);
            try (BatchFixture night = BatchFixture.on(database)) {
                night.askMany(60);
                setDefault(database, "default_transaction_read_only", "on");

                RunEnd end = night.run();

                assertThat(end.message()).as(isolation).isEmpty();
                assertThat(standings(database)).isEqualTo(Map.of("MERGED", 60L));
            }
        }
    }

    private static Map<String, Long> standings(Database database) {
        Long merged = database.jdbc()
                .sql("SELECT COUNT(*) FROM merge_request WHERE status = 'MERGED'")
                .query(Long.class)
                .single();
        return Map.of("MERGED", merged);
    }

    private static void setDefault(Database database, String setting, String value) {
        String name = database.url().replaceAll(".*/([^/?]+)(\\?.*)?", "$1");
        database.jdbc()
                .sql("ALTER DATABASE " + name + " SET " + setting + " = '" + value + "'")
                .update();
    }
}
