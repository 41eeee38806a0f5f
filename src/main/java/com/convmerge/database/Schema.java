package com.convmerge.database;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
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
        try (AnnotationConfigApplicationContext flyway = new AnnotationConfigApplicationContext()) {
            flyway.setEnvironment((ConfigurableEnvironment) program.getEnvironment());
            flyway.setParent(program);
            flyway.register(Migration.class);
            flyway.refresh();
        }
    }

    private boolean isUpToDate() throws IOException, SQLException {
        Set<String> scripts = Arrays.stream(new PathMatchingResourcePatternResolver().getResources(SCRIPTS))
                .map(Resource::getFilename)
                .collect(Collectors.toSet());
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
