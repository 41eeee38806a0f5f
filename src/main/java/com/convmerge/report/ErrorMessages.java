package com.convmerge.report;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Turns exceptions into messages for the operator. */
public final class ErrorMessages {
    /** The SQL state of a statement that a time-out or an administrator has ended, in PostgreSQL and H2 alike. */
    private static final String CANCELLED = "57014";

    /** The SQL state of a connection that is no longer there. */
    private static final String NO_CONNECTION = "08003";

    private ErrorMessages() {}

    /** What went wrong, in one line and without a stack trace. */
    public static String oneLine(Throwable e) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(firstOf(e));
        if (root instanceof OutOfMemoryError) {
            return "out of memory (" + root.getMessage()
                    + "): give it more, such as java -Xmx2g -jar convmerge.jar ...";
        }
        String message = Objects.requireNonNullElse(root.getMessage(), "")
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        String what = message.isEmpty() ? root.getClass().getName() : message;
        return isDatabase(e) ? "the database does not work: " + explained(root, what) : what;
    }

    /** What made a transaction fail, and not that it could not be rolled back either, as the connection is gone. */
    private static Throwable firstOf(Throwable e) {
        return causes(e)
                .flatMap(cause -> cause instanceof TransactionSystemException failed
                        ? Stream.ofNullable(failed.getApplicationException())
                        : Stream.empty())
                .findFirst()
                .orElse(e);
    }

    /** What drivers say about time-outs means nothing to an operator. */
    private static String explained(Throwable root, String what) {
        if (root instanceof SocketTimeoutException) {
            return "it does not answer (" + what + ")";
        }
        if (root instanceof SQLException sql && NO_CONNECTION.equals(sql.getSQLState())) {
            return "the connection to it was lost (" + what + ")";
        }
        boolean isCancelled = root instanceof SQLException sql && CANCELLED.equals(sql.getSQLState());
        return isCancelled
                ? "a statement was cancelled, because it took too long or somebody cancelled it (" + what
                        + "); perhaps another session holds a lock on its rows"
                : what;
    }

    /** Whether the database, or the connection to it, is the cause. */
    public static boolean isDatabase(Throwable e) {
        return causes(e)
                .anyMatch(cause -> cause instanceof DataAccessException
                        || cause instanceof TransactionException
                        || cause instanceof SQLException);
    }

    /** Whether the database does not work at all; not if it only refuses a value. */
    public static boolean isDatabaseAway(Throwable e) {
        return isDatabase(e) && causes(e).noneMatch(DataIntegrityViolationException.class::isInstance);
    }

    /** The exception, its cause, the cause of that and so on. */
    public static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause);
    }
}
