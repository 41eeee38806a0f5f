package com.convmerge.apply;

import com.convmerge.merge.OperationKind;
import com.convmerge.sandbox.Arrival;

/** The words in which these tests speak of calls. */
final class CallWords {
    private CallWords() {}

    static String of(Arrival arrival) {
        return switch (arrival.route()) {
            case REPLY -> arrival.isNote() ? "note" : "reply";
            case TAG -> "tag";
            case PARTS -> arrival.isClose() ? "close" : "reopen";
            case READ -> "read";
            default -> arrival.route().name();
        };
    }

    /** Whether a call is that of {@code operation}. */
    static boolean isOf(OperationKind operation, Arrival arrival) {
        return of(arrival).equals(operation.isNote() ? "note" : operation.label());
    }
}
