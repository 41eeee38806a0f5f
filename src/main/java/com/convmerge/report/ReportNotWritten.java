package com.convmerge.report;

/**
 * The report's file cannot be written. Nothing else is the worse for it: the report says what the tables say, and can be written at
 * any later time. The message is for the operator.
 */
public final class ReportNotWritten extends RuntimeException {
    ReportNotWritten(String message) {
        super(message);
    }
}
