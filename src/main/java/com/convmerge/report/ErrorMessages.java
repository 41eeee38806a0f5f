package com.convmerge.report;

import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Turns exceptions into messages for the operator. */
public final class ErrorMessages {
    private ErrorMessages() {}

    /** What went wrong, in one line and without a stack trace. */
    public static String oneLine(Throwable e) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(e);
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
        return isDatabase(e) ? "the database does not work: " + what : what;
    }

    /** Whether the database, or the connection to it, is the cause. */
    public static boolean isDatabase(Throwable e) {
        return causes(e)
                .anyMatch(cause -> cause instanceof DataAccessException
                        || cause instanceof TransactionException
                        || cause instanceof SQLException);
    }

    /** The exception, its cause, the cause of that and so on. */
    public static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause);
    }
}
