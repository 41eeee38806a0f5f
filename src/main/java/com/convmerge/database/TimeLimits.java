package com.convmerge.database;

/**
 * How long statements may take, in seconds: as the time-out of a transaction it holds for each statement in it, and for the answer
 * of the database. They hold on PostgreSQL; on H2 nothing but a lock makes a statement wait, and that has a time-out of its own.
 */
public final class TimeLimits {
    /** For a statement in a transaction without a time-out of its own. */
    public static final int STATEMENT = 60;

    /** For the lease of the run: it must have an answer, good or bad, long before the lease runs out. */
    public static final int LEASE = 5;

    /** For what is committed before a call leaves or after its answer: a few rows. */
    public static final int CLAIM = 30;

    /** For what goes through all requests at once. Millions of them take a minute or two. */
    public static final int LONG = 600;

    /** For a migration, which may change millions of rows in one statement. */
    static final int MIGRATION = 3_600;

    /** How much longer the socket waits than the statement, so that the server has time to say that it was cancelled. */
    static final int MARGIN = 5;

    private TimeLimits() {}
}
