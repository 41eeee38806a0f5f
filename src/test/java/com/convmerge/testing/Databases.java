package com.convmerge.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Hands out databases, each of them new, empty and nobody else's.
 *
 * <p>H2 is in memory: the engine and its plans are those of the file, and what a file adds (surviving a crash) only a test
 * that kills a process can show. PostgreSQL is a real one that the first request starts, one for the JVM; its databases are
 * copies of one that Flyway migrated, which takes a twentieth of the time. Zonky's own shutdown hook ends it.
 */
public final class Databases {
    private static final AtomicInteger LAST = new AtomicInteger();

    private Databases() {}

    /** One database of each kind, made when it is asked for. */
    static Stream<Database> each() {
        return Stream.of(DatabaseKind.values()).map(DatabaseKind::create);
    }

    /** An H2 with our tables. */
    public static Database h2() {
        return bareH2().migrate();
    }

    /** An H2 without any table. */
    public static Database bareH2() {
        // DB_CLOSE_DELAY: it lives until the JVM ends and not until its last connection is closed.
        return new Database("jdbc:h2:mem:convmerge-" + LAST.incrementAndGet() + ";DB_CLOSE_DELAY=-1", "sa");
    }

    /** The database at {@code url}, which stays when it is closed; its password is empty. */
    public static Database at(String url, String username) {
        return new Database(url, username);
    }

    /** A PostgreSQL database with our tables. */
    public static Database postgres() {
        return Postgres.create(Postgres.MIGRATED);
    }

    /** A PostgreSQL database without any table. */
    public static Database barePostgres() {
        return Postgres.create("template0");
    }

    /** Loaded, and so started, by the first who asks. */
    private static final class Postgres {
        private static final String USER = "postgres";
        private static final String MIGRATED = "migrated";
        private static final EmbeddedPostgres SERVER = start();

        static {
            create("template0", MIGRATED).migrate().close();
        }

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException("the PostgreSQL of the tests does not start", e);
            }
        }

        static Database create(String template) {
            return create(template, "convmerge_" + LAST.incrementAndGet());
        }

        private static synchronized Database create(String template, String name) {
            String server = SERVER.getJdbcUrl(USER, USER);
            JdbcClient.create(new DriverManagerDataSource(server))
                    .sql("CREATE DATABASE " + name + " TEMPLATE " + template)
                    .update();
            return new Database(SERVER.getJdbcUrl(USER, name), USER);
        }
    }
}
