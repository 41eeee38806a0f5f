package com.convmerge.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.SqlTime;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import com.convmerge.testing.RequestTable;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Runs of a program that kept no record of them, as Spring Batch's tables and the requests show them. */
class RunsOfEarlierVersionsTest {
    static final List<Database> BARE = List.of(Databases.bareH2(), Databases.barePostgres());

    @ParameterizedTest
    @FieldSource("BARE")
    void they_keep_the_number_of_their_last_execution_and_what_they_did(Database database) {
        database.migrateTo("5");
        execution(database, 10, 1, "FAILED", "TIMESTAMP '2026-11-01 02:00:00'");
        execution(database, 10, 2, "COMPLETED", "TIMESTAMP '2026-11-01 03:00:00'");
        execution(database, 11, 35, "STARTED", "NULL");
        RequestTable requests = new RequestTable(database);
        ended(requests, "MERGED", 1);
        ended(requests, "MERGED", 2);
        long failed = ended(requests, "FAILED", 2);
        ended(requests, "RETRY", 35);

        database.migrate();

        assertThat(database.jdbc()
                        .sql(
                                "SELECT id || ' ' || outcome || ' ' || restarts || ' ' || merged || ' ' || rejected || ' ' || failed"
                                        + " || ' ' || postponed || ' ' || merged_ever FROM merge_run ORDER BY id")
                        .query(String.class)
                        .list())
                .containsExactly("2 COMPLETED 1 2 0 1 0 2", "35 KILLED 0 0 0 0 1 2");
        assertThat(database.jdbc()
                        .sql("SELECT started_at FROM merge_run WHERE id = 2")
                        .query((row, n) -> SqlTime.instant(row, "started_at"))
                        .single())
                .isEqualTo("2026-11-01T01:00:10Z");
        assertThat(database.jdbc()
                        .sql("SELECT request_id || ' ' || status FROM merge_run_problem WHERE run_id = 2")
                        .query(String.class)
                        .list())
                .containsExactly(failed + " FAILED");
    }

    private static long ended(RequestTable requests, String status, long execution) {
        long request = requests.add("10", "20");
        requests.set(request, "status", status);
        requests.set(request, "job_execution_id", execution);
        return request;
    }

    private static void execution(Database database, long instance, long execution, String status, String end) {
        if (execution != 2) {
            database.jdbc()
                    .sql("INSERT INTO batch_job_instance (job_instance_id, version, job_name, job_key) VALUES ("
                            + instance + ", 0, 'mergeConversations', 'k" + instance + "')")
                    .update();
        }
        database.jdbc()
                .sql(
                        "INSERT INTO batch_job_execution (job_execution_id, version, job_instance_id, create_time, end_time, status)"
                                + " VALUES (" + execution + ", 0, " + instance + ", TIMESTAMP '2026-11-01 01:00:10', "
                                + end + ", '"
                                + status + "')")
                .update();
        database.jdbc()
                .sql(
                        "INSERT INTO batch_job_execution_params (job_execution_id, parameter_name, parameter_type, parameter_value,"
                                + " identifying) VALUES (" + execution
                                + ", 'startedAt', 'java.lang.String', '2026-11-01T01:00:"
                                + instance + "Z', 'Y')")
                .update();
    }
}
