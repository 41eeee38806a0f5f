package com.convmerge.testing;

import java.util.function.Supplier;
import java.util.stream.Stream;

/** The databases that convmerge supports. A test class that concerns a database runs once on each of them. */
public enum DatabaseKind {
    H2(Databases::h2),
    POSTGRESQL(Databases::postgres);

    private final Supplier<Database> source;

    DatabaseKind(Supplier<Database> source) {
        this.source = source;
    }

    /** For what is decided without the database: H2 alone, which takes a third of the time; in the profile {@code soak} both. */
    public static Stream<DatabaseKind> forDecisions() {
        return isSoak() ? Stream.of(values()) : Stream.of(H2);
    }

    /** Whether there is time for everything. */
    public static boolean isSoak() {
        return Integer.getInteger("crash.rounds", 1) > 1;
    }

    /** A new, migrated and empty database of this kind. */
    public Database create() {
        return source.get();
    }
}
