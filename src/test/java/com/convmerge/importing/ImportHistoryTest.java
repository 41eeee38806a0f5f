package com.convmerge.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.convmerge.importing.ImportHistory.Undone;
import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.ImportEntry;
import com.convmerge.merge.RequestStatus;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import com.convmerge.testing.Parts;
import com.convmerge.testing.RequestTable;
import com.convmerge.testing.TestClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The numbers of imports, and what is taken back of one. */
@OnEachDatabase
class ImportHistoryTest {
    private static final String PAIRS = "parent,duplicate\n";

    private final Database database;
    private final RequestTable requests;
    private final Parts parts;
    private final TestClock clock = new TestClock();

    ImportHistoryTest(Database database) {
        this.database = database;
        this.requests = new RequestTable(database);
        this.parts = ImportParts.on(database, clock);
    }

    @BeforeEach
    void startEmpty() {
        database.empty();
    }

    @Test
    void each_import_is_listed_with_where_its_requests_stand() {
        long first = imported(PAIRS + "10,20\n10,21\n10,22\n");
        long second = imported(PAIRS + "10,20\n10,23\n");
        set(first, "20", "FAILED");

        assertThat(second).isGreaterThan(first);
        assertThat(history().all())
                .containsExactly(
                        new ImportEntry(
                                second, "a.csv", clock.instant(), 1, 1, null, null, Map.of(RequestStatus.PENDING, 1L)),
                        new ImportEntry(
                                first,
                                "a.csv",
                                clock.instant(),
                                3,
                                0,
                                null,
                                null,
                                Map.of(RequestStatus.PENDING, 2L, RequestStatus.FAILED, 1L)));
    }

    @Test
    void what_is_not_begun_is_taken_back_with_its_rows_in_other_tables_and_can_be_imported_again() {
        String file = PAIRS + "10,20\n10,21\n10,22\n10,23\n";
        long mine = requests.add("10", "99");
        long id = imported(file);
        set(id, "20", "RETRY");
        sql("INSERT INTO merge_retry (request_id, operation, failure_kind, attempts, first_failed_at, last_failed_at,"
                + " job_execution_id) VALUES (" + request("20")
                + ", 'PARENT_CHECK', 'NOT_FOUND', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 1)");
        sql("INSERT INTO merge_plan (request_id, partition_key, survivor_conversation_id) VALUES (" + request("21")
                + ", 1, '10')");
        set(id, "22", "REJECTED");

        assertThat(history().takeBack(id, () -> {})).isEqualTo(new Undone(4, 0, 0));

        assertThat(ids()).containsExactly(mine);
        assertThat(history().all()).singleElement().satisfies(entry -> {
            assertThat(entry.undoneAt()).isEqualTo(clock.instant());
            assertThat(entry.takenBack()).isEqualTo(4);
            assertThat(entry.requests()).isEmpty();
        });
        assertThat(imported(file)).isGreaterThan(id);
        assertThat(ids()).hasSize(5);
    }

    @Test
    void what_is_merged_or_begun_stays() {
        long id = imported(PAIRS + "10,20\n10,21\n10,22\n10,23\n");
        set(id, "20", "MERGED");
        set(id, "22", "FAILED");
        for (String begun : List.of("21", "22")) {
            sql("INSERT INTO merge_operation (operation_key, operation, request_id, conversation_id, state, attempts,"
                    + " first_sent_at, last_sent_at, job_execution_id) VALUES ('r" + begun + "/note', 'NOTE', "
                    + request(begun) + ", '" + begun + "', 'SENT', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 1)");
        }

        assertThat(history().takeBack(id, () -> {})).isEqualTo(new Undone(1, 1, 2));
        assertThat(ids()).containsExactly(request("20"), request("21"), request("22"));
    }

    @Test
    void more_requests_than_are_deleted_at_once_are_taken_back() {
        StringBuilder file = new StringBuilder(PAIRS);
        for (int i = 0; i < 2_500; i++) {
            file.append("10,").append(1_000 + i).append('\n');
        }
        long id = imported(file.toString());

        assertThat(history().takeBack(id, () -> {})).isEqualTo(new Undone(2_500, 0, 0));
        assertThat(ids()).isEmpty();
    }

    @Test
    void beside_a_run_nothing_is_taken_back() {
        long id = imported(PAIRS + "10,20\n");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> history().takeBack(id, () -> {
                    throw new IllegalStateException("a run is under way");
                }));
        assertThat(ids()).hasSize(1);
        assertThat(history().takeBack(id, () -> {}).takenBack()).isEqualTo(1);
    }

    @Test
    void there_is_nothing_to_take_back_a_second_time_or_of_an_import_that_added_nothing() {
        long id = imported(PAIRS + "10,20\n");
        long again = imported(PAIRS + "10,20\n");
        history().takeBack(id, () -> {});

        assertRefused(
                id,
                "import " + id + " was taken back before (1 of 1 requests); nothing was done." + " See: import --list");
        assertRefused(
                again,
                "import " + again + " has no requests: everything in its file was there already, or was"
                        + " deleted since");
        assertRefused(again + 1, "there is no import " + (again + 1) + "; see: import --list");
    }

    private void assertRefused(long id, String message) {
        assertThatExceptionOfType(ConfigurationProblem.class)
                .isThrownBy(() -> history().takeBack(id, () -> {}))
                .withMessage(message);
    }

    private ImportHistory history() {
        return parts.get(ImportHistory.class);
    }

    private long imported(String file) {
        return parts.get(FileImport.class)
                .importFrom(
                        new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), "a.csv", ImportOptions.NONE)
                .importId();
    }

    private void set(long importId, String duplicate, String status) {
        assertThat(requests.row(request(duplicate))).containsEntry("import_id", importId);
        requests.set(request(duplicate), "status", status);
    }

    private long request(String duplicate) {
        return database.jdbc()
                .sql("SELECT id FROM merge_request WHERE duplicate_conversation_id = :duplicate")
                .param("duplicate", duplicate)
                .query(Long.class)
                .single();
    }

    private List<Long> ids() {
        return database.jdbc()
                .sql("SELECT id FROM merge_request ORDER BY id")
                .query(Long.class)
                .list();
    }

    private void sql(String statement) {
        database.jdbc().sql(statement).update();
    }
}
