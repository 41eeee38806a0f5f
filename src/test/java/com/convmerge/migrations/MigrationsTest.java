package com.convmerge.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.RequestStatus;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import com.convmerge.testing.RequestTable;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The schema is the same on both databases, and its tables for Spring Batch are those that Spring Batch declares. */
class MigrationsTest {
    private static final Database H2 = Databases.h2();
    private static final Database POSTGRES = Databases.postgres();

    static final List<Database> BOTH = List.of(H2, POSTGRES);

    @Test
    void our_tables_have_the_same_columns_on_both() {
        List<String> columns = new Schema(H2).columns("merge_%");

        assertThat(columns)
                .contains("merge_request.status character varying(8) not null with a default")
                .isEqualTo(new Schema(POSTGRES).columns("merge_%"));
    }

    @Test
    void the_tables_of_spring_batch_have_the_same_columns_on_both() {
        assertThat(new Schema(H2).columns("batch_%")).isNotEmpty().isEqualTo(new Schema(POSTGRES).columns("batch_%"));
    }

    @Test
    void the_keys_are_the_same_on_both() {
        for (String tables : List.of("merge_%", "batch_%")) {
            assertThat(new Schema(H2).keys(tables)).isNotEmpty().isEqualTo(new Schema(POSTGRES).keys(tables));
        }
    }

    @Test
    void the_indexes_are_the_same_on_both() {
        String onPostgres = "SELECT indexname || ' ' || SUBSTRING(indexdef FROM '\\((.*)\\)') FROM pg_indexes"
                + " WHERE tablename LIKE 'merge%' OR tablename LIKE 'batch%'";
        String onH2 = "SELECT LOWER(index_name) || ' ' || LISTAGG(LOWER(column_name), ', ')"
                + " WITHIN GROUP (ORDER BY ordinal_position)"
                + " FROM information_schema.index_columns GROUP BY index_name";

        List<String> indexes = named(H2.jdbc().sql(onH2).query(String.class).list());

        assertThat(indexes)
                .contains("merge_plan_work partition_key, request_id")
                .containsExactlyInAnyOrderElementsOf(named(
                        POSTGRES.jdbc().sql(onPostgres).query(String.class).list()));
    }

    /** Leaves out the indexes that the databases create and name themselves for keys. */
    private static List<String> named(List<String> indexes) {
        return indexes.stream()
                .filter(index -> !index.matches(
                        "constraint_.*|primary_key_.*|flyway.*|.*_(pkey|key) .*|job_inst_un.*|.*_fk.*_index_.*"))
                .toList();
    }

    @Test
    void h2_has_what_spring_batch_declares_for_it() {
        assertSpringBatchFinds(H2, Databases.bareH2(), "h2");
    }

    @Test
    void postgresql_has_what_spring_batch_declares_for_it() {
        assertSpringBatchFinds(POSTGRES, Databases.barePostgres(), "postgresql");
    }

    private static void assertSpringBatchFinds(Database ours, Database theirs, String platform) {
        new ResourceDatabasePopulator(
                        new ClassPathResource("org/springframework/batch/core/schema-" + platform + ".sql"))
                .execute(theirs.dataSource());

        assertThat(new Schema(ours).columns("batch_%")).isEqualTo(new Schema(theirs).columns("batch_%"));
        assertThat(new Schema(ours).keys("batch_%")).isEqualTo(new Schema(theirs).keys("batch_%"));
        assertThat(new Schema(ours).sequences()).hasSize(3).isEqualTo(new Schema(theirs).sequences());
    }

    @ParameterizedTest(autoCloseArguments = false)
    @FieldSource("BOTH")
    void migrating_again_changes_nothing(Database database) {
        long request = new RequestTable(database).add("10", "20");

        assertThat(database.flyway().migrationsExecuted).isZero();

        assertThat(new RequestTable(database).status(request)).isEqualTo("PENDING");
    }

    static final List<Database> BARE = List.of(Databases.bareH2(), Databases.barePostgres());

    /** The survivor of a request that has begun is stored only in the plan, because resolveSurvivors does not decide it again. */
    @ParameterizedTest(autoCloseArguments = false)
    @FieldSource("BARE")
    void a_database_of_version_2_keeps_what_was_planned_and_begun(Database database) {
        database.migrateTo("2");
        RequestTable requests = new RequestTable(database);
        long begun = resolved(requests, "PENDING");
        long givenUp = resolved(requests, "FAILED");
        long merged = resolved(requests, "MERGED");
        long twin = requests.add("10", "20");

        database.migrate();

        assertThat(database.jdbc()
                        .sql(
                                "SELECT request_id || ' ' || partition_key || ' ' || survivor_conversation_id FROM merge_plan"
                                        + " ORDER BY request_id")
                        .query(String.class)
                        .list())
                .containsExactly(begun + " 5 30", givenUp + " 5 30");
        assertThat(requests.row(begun)).containsEntry("survivor_conversation_id", null);
        assertThat(requests.row(merged)).containsEntry("survivor_conversation_id", "30");
        assertThat(requests.row(twin)).containsEntry("survivor_conversation_id", null);
    }

    static final List<Database> OLDER = List.of(Databases.bareH2(), Databases.barePostgres());

    @ParameterizedTest(autoCloseArguments = false)
    @FieldSource("OLDER")
    void a_database_of_version_5_keeps_why_requests_were_dropped(Database database) {
        database.migrateTo("5");
        RequestTable requests = new RequestTable(database);
        long dropped = requests.add("10", "20");
        long givenUp = requests.add("10", "21");
        requests.set(dropped, "status_detail", "dropped by an operator: seen by Mia");
        requests.set(givenUp, "status_detail", "note not found");
        for (long request : List.of(dropped, givenUp)) {
            requests.set(request, "status", "FAILED");
            database.jdbc()
                    .sql("INSERT INTO merge_retry (request_id, operation, failure_kind, attempts, first_failed_at,"
                            + " last_failed_at, dropped_at, job_execution_id) VALUES (:id, 'NOTE', 'NOT_FOUND', 1,"
                            + " CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, :dropped, 1)")
                    .param("id", request)
                    .param("dropped", request == dropped ? OffsetDateTime.parse("2026-11-23T01:00:00Z") : null)
                    .update();
        }

        database.migrate();

        assertThat(database.jdbc()
                        .sql(
                                "SELECT request_id || ' ' || COALESCE(drop_reason, 'none') FROM merge_retry ORDER BY request_id")
                        .query(String.class)
                        .list())
                .containsExactly(dropped + " seen by Mia", givenUp + " none");
    }

    private static long resolved(RequestTable requests, String status) {
        long request = requests.add("10", "20");
        requests.set(request, "status", status);
        requests.set(request, "survivor_conversation_id", "30");
        requests.set(request, "partition_key", 5);
        return request;
    }

    @ParameterizedTest(autoCloseArguments = false)
    @FieldSource("BOTH")
    void a_request_accepts_the_states_of_the_program_and_no_others(Database database) {
        RequestTable requests = new RequestTable(database);
        long request = requests.add("10", "20");

        assertThat(Stream.concat(Arrays.stream(RequestStatus.values()).map(Enum::name), Stream.of("DONE"))
                        .filter(status -> isAccepted(requests, request, status)))
                .containsExactly("PENDING", "MERGED", "RETRY", "FAILED", "REJECTED", "UNDONE");
    }

    private static boolean isAccepted(RequestTable requests, long request, String status) {
        try {
            requests.set(request, "status", status);
            return true;
        } catch (org.springframework.dao.DataIntegrityViolationException e) {
            return false;
        }
    }
}
