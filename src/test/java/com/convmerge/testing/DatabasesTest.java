package com.convmerge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabasesTest {
    @Test
    void each_request_gets_a_database_of_its_own_with_our_tables() {
        assertThat(rowsAfterOneInsert(Databases.h2())).isEqualTo(1);
        assertThat(rowsAfterOneInsert(Databases.h2())).isEqualTo(1);
        assertThat(rowsAfterOneInsert(Databases.postgres())).isEqualTo(1);
        assertThat(rowsAfterOneInsert(Databases.postgres())).isEqualTo(1);
    }

    @Test
    void an_emptied_database_has_no_requests() {
        Database database = Databases.h2();
        rowsAfterOneInsert(database);

        database.empty();

        assertThat(requests(database)).isZero();
    }

    @Test
    void a_sleep_passes_on_the_clock_and_is_remembered() throws InterruptedException {
        TestClock clock = new TestClock();
        RecordingSleeper sleeper = new RecordingSleeper(clock);

        sleeper.sleep(Duration.ofHours(3));

        assertThat(clock.instant()).isEqualTo(TestClock.START.plus(Duration.ofHours(3)));
        assertThat(sleeper.slept()).containsExactly(Duration.ofHours(3));
    }

    private static long rowsAfterOneInsert(Database database) {
        database.jdbc()
                .sql("INSERT INTO merge_request (parent_conversation_id, duplicate_conversation_id) VALUES ('1', '2')")
                .update();
        return requests(database);
    }

    private static long requests(Database database) {
        return database.jdbc()
                .sql("SELECT COUNT(*) FROM merge_request")
                .query(Long.class)
                .single();
    }
}
