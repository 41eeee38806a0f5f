package com.convmerge.batch;

import java.sql.SQLException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Turns exceptions into lines for the operator. */
public final class ErrorMessages {
    private ErrorMessages() {}

    /** What went wrong, in one line without a stack trace. */
    public static String oneLine(Throwable e) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(e);
        if (root instanceof OutOfMemoryError) {
            return "out of memory (" + root.getMessage()
                    + "): give it more, such as java -Xmx2g -jar convmerge.jar ...";
        }
        String message =
                String.valueOf(root.getMessage()).lines().findFirst().orElse("").strip();
        String what =
                message.isEmpty() || message.equals("null") ? root.getClass().getName() : message;
        return isDatabase(e) ? "the database does not work: " + what : what;
    }

    /** Whether the database, or the way to it, is at fault. */
    public static boolean isDatabase(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataAccessException
                    || cause instanceof TransactionException
                    || cause instanceof SQLException) {
                return true;
            }
        }
        return false;
    }
}
