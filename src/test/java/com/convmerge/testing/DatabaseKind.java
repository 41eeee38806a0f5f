package com.convmerge.testing;

import java.util.function.Supplier;

/** The databases that convmerge supports. A test class that concerns a database runs once on each of them. */
public enum DatabaseKind {
    H2(Databases::h2),
    POSTGRESQL(Databases::postgres);

    private final Supplier<Database> source;

    DatabaseKind(Supplier<Database> source) {
        this.source = source;
    }

    /** A new, migrated and empty database of this kind. */
    public Database create() {
        return source.get();
    }
}
