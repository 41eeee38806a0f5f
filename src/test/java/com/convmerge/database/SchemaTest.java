package com.convmerge.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class SchemaTest {
    /** With this Flyway fails, so that a start shows whether it was asked. */
    private static final String[] BROKEN = {
        "--spring.flyway.locations=classpath:no-such-folder", "--spring.flyway.fail-on-missing-locations=true"
    };

    static final List<Database> EMPTY = List.of(Databases.bareH2(), Databases.barePostgres());
    static final List<Database> OLDER =
            List.of(Databases.bareH2().migrateTo("3"), Databases.barePostgres().migrateTo("3"));
    static final List<Database> UP_TO_DATE = List.of(Databases.h2(), Databases.postgres());

    @ParameterizedTest
    @FieldSource("EMPTY")
    void makes_the_tables_in_an_empty_database(Database database) {
        start(database, "--spring.flyway.locations=classpath:sql").close();

        assertThat(requests(database)).isZero();
    }

    @ParameterizedTest
    @FieldSource("OLDER")
    void brings_the_tables_of_an_older_program_up_to_date(Database database) {
        start(database, "--spring.flyway.locations=classpath:sql").close();

        assertThat(applied(database)).contains("V3__plan_and_survivors.sql", "V4__in_doubt.sql");
        assertThat(requests(database)).isZero();
    }

    @ParameterizedTest
    @FieldSource("UP_TO_DATE")
    void asks_flyway_only_if_a_script_is_missing_or_has_failed(Database database) {
        start(database, BROKEN).close();

        for (String change :
                List.of("\"success\" = FALSE", "\"script\" = 'V5__of_another_program.sql', \"success\" = TRUE")) {
            database.jdbc()
                    .sql("UPDATE \"flyway_schema_history\" SET " + change + " WHERE \"version\" = '5'")
                    .update();

            assertThatThrownBy(() -> start(database, BROKEN)).as(change).hasRootCauseInstanceOf(FlywayException.class);
        }
        start(database, "--spring.flyway.enabled=false").close();
    }

    static final List<Database> BARE = List.of(Databases.bareH2(), Databases.barePostgres());

    @ParameterizedTest
    @FieldSource("BARE")
    void without_flyway_it_names_the_scripts_that_are_missing_and_starts_when_they_were_run(Database database) {
        assertThatThrownBy(() -> start(database, "--spring.flyway.enabled=false"))
                .rootCause()
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessageContaining("(SPRING_FLYWAY_ENABLED) leaves making them to you. Run, in this order:"
                        + " sql/V1__spring_batch.sql, sql/V2__convmerge.sql, sql/V3__plan_and_survivors.sql, sql/V4");

        database.migrateTo("3");
        assertThatThrownBy(() -> start(database, "--spring.flyway.enabled=false"))
                .rootCause()
                .hasMessageContaining(" Run, in this order: sql/V4__in_doubt.sql, sql/V5__");

        start(database, "--spring.flyway.locations=classpath:sql").close();
        database.jdbc().sql("DELETE FROM \"flyway_schema_history\"").update();
        start(database, "--spring.flyway.enabled=false").close();
    }

    private static ConfigurableApplicationContext start(Database database, String... settings) {
        return new SpringApplicationBuilder(DatabaseConfiguration.class)
                .web(WebApplicationType.NONE)
                .run(Stream.concat(
                                Stream.of(
                                        "--spring.datasource.url=" + database.url(),
                                        "--spring.datasource.username=" + database.username(),
                                        "--spring.datasource.password="),
                                Stream.of(settings))
                        .toArray(String[]::new));
    }

    private static long requests(Database database) {
        return database.jdbc()
                .sql("SELECT COUNT(*) FROM merge_request")
                .query(Long.class)
                .single();
    }

    private static List<String> applied(Database database) {
        return database.jdbc()
                .sql("SELECT \"script\" FROM \"flyway_schema_history\"")
                .query(String.class)
                .list();
    }
}
