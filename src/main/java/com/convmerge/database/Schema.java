package com.convmerge.database;

import com.convmerge.merge.ConfigurationProblem;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Brings the tables up to date before anything else uses them. Flyway does that, in a context of its own that is opened only if a script
 * is missing from Flyway's history: nearly every start finds all of them there, and Flyway and its libraries would be a fifth of what
 * a command such as {@code status} takes.
 */
public final class Schema implements InitializingBean {
    private static final String HISTORY = "flyway_schema_history";
    private static final String APPLIED = "SELECT \"script\" FROM \"" + HISTORY + "\" WHERE \"success\" = TRUE";
    private static final String SCRIPTS = "classpath:sql/V*.sql";

    /** A table that a script makes, or a column that it adds to one and does not give another name later. */
    private static final Pattern ADDED = Pattern.compile("(?i)CREATE TABLE (\\w+)"
            + "|ALTER TABLE (\\w+)\\s+ADD COLUMN (\\w++)(?![\\s\\S]*ALTER TABLE \\2\\s+RENAME COLUMN \\3 )");

    private final HikariDataSource pool;
    private final ApplicationContext program;

    Schema(HikariDataSource pool, ApplicationContext program) {
        this.pool = pool;
        this.program = program;
    }

    @Override
    public void afterPropertiesSet() throws IOException, SQLException {
        if (isUpToDate()) {
            return;
        }
        if (!program.getEnvironment().getProperty("spring.flyway.enabled", Boolean.class, true)) {
            checkTablesMadeByHand();
            return;
        }
        try (AnnotationConfigApplicationContext flyway = new AnnotationConfigApplicationContext()) {
            flyway.setEnvironment((ConfigurableEnvironment) program.getEnvironment());
            flyway.setParent(program);
            flyway.register(Migration.class);
            flyway.refresh();
        }
    }

    /** Who has switched Flyway off makes the tables with the same scripts, of which no history tells then. */
    private void checkTablesMadeByHand() throws IOException, SQLException {
        List<String> missing = new ArrayList<>();
        try (Connection connection = pool.getConnection()) {
            for (Resource script : scripts()) {
                if (!isThere(script.getContentAsString(StandardCharsets.UTF_8), connection)) {
                    missing.add("sql/" + script.getFilename());
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new ConfigurationProblem("the database lacks tables or columns, and spring.flyway.enabled=false"
                    + " (SPRING_FLYWAY_ENABLED) leaves making them to you. Run, in this order: "
                    + String.join(", ", missing) + "; nothing was done");
        }
    }

    /** Whether all tables and columns are there that the script adds, and that it does not drop again itself. */
    private static boolean isThere(String script, Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        for (MatchResult added : ADDED.matcher(script).results().toList()) {
            String table = added.group(1) == null ? added.group(2) : added.group(1);
            // PostgreSQL folds names to small letters, H2 to capitals.
            String inDatabase = database.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
            String column = added.group(3) == null ? "%" : added.group(3);
            String columnInDatabase = database.storesUpperCaseIdentifiers() ? column.toUpperCase(Locale.ROOT) : column;
            try (ResultSet found = database.getColumns(null, connection.getSchema(), inDatabase, columnInDatabase)) {
                if (!found.next()) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<Resource> scripts() throws IOException {
        return Arrays.stream(new PathMatchingResourcePatternResolver().getResources(SCRIPTS))
                .sorted(Comparator.comparingInt(script -> version(String.valueOf(script.getFilename()))))
                .toList();
    }

    private static int version(String script) {
        return Integer.parseInt(script.replaceFirst("^V(\\d+)__.*", "$1"));
    }

    private boolean isUpToDate() throws IOException, SQLException {
        Set<String> scripts = scripts().stream().map(Resource::getFilename).collect(Collectors.toSet());
        try (Connection connection = pool.getConnection()) {
            return !scripts.isEmpty() && applied(connection).containsAll(scripts);
        }
    }

    /** Without a history, as in an empty database, nothing was applied. */
    private static Set<String> applied(Connection connection) throws SQLException {
        Set<String> applied = new HashSet<>();
        try (ResultSet history = connection.getMetaData().getTables(null, connection.getSchema(), HISTORY, null)) {
            if (!history.next()) {
                return applied;
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(APPLIED)) {
            while (row.next()) {
                applied.add(row.getString("script"));
            }
        }
        return applied;
    }
}
