package com.convmerge.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Creates databases. Each of them is new, empty and used by its caller only.
 *
 * <p>The H2 databases are in memory. Their engine and their execution plans are the same as those of a database file, and that a
 * file survives a crash can only be shown by a test that kills a process. PostgreSQL is a real server, one for the JVM, which
 * starts when the first database is requested. Its databases are copies of one that Flyway has migrated, because a copy takes a
 * twentieth of the time of a migration. A shutdown hook of the library Zonky stops the server.
 */
public final class Databases {
    private static final AtomicInteger LAST = new AtomicInteger();

    private Databases() {}

    /** One database of each kind; each is created only when the stream reaches it. */
    static Stream<Database> each() {
        return Stream.of(DatabaseKind.values()).map(DatabaseKind::create);
    }

    /** An H2 database with the tables of convmerge. */
    public static Database h2() {
        return bareH2().migrate();
    }

    /** An H2 database without any table. */
    public static Database bareH2() {
        // With DB_CLOSE_DELAY=-1 the database exists until the JVM ends, and not only until its last connection is
        // closed.
        return new Database("jdbc:h2:mem:convmerge-" + LAST.incrementAndGet() + ";DB_CLOSE_DELAY=-1", "sa");
    }

    /** The database at {@code url}, which continues to exist when it is closed; its password is empty. */
    public static Database at(String url, String username) {
        return new Database(url, username);
    }

    /** A PostgreSQL database with the tables of convmerge. */
    public static Database postgres() {
        return Postgres.create(Postgres.MIGRATED);
    }

    /** A PostgreSQL database without any table. */
    public static Database barePostgres() {
        return Postgres.create("template0");
    }

    /** The server; it starts when this class is first used. */
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
