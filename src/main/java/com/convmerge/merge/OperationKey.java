package com.convmerge.merge;

/**
 * The ledger's key of an operation: {@code r42/note}, {@code r42/tag} and {@code r42/close} for request 42, {@code
 * p987/x17/note-1} for the first note that execution 17 writes on survivor 987.
 */
public record OperationKey(String value) {
    /** The key of one of {@link OperationKind#OF_A_REQUEST}. */
    public static OperationKey ofRequest(long requestId, OperationKind operation) {
        if (!OperationKind.OF_A_REQUEST.contains(operation)) {
            throw new IllegalArgumentException(
                    operation + " does not belong to one request (request " + requestId + ")");
        }
        return new OperationKey("r" + requestId + "/" + operation.label());
    }

    /** The key of a survivor's note; {@code number} counts the notes of one execution from 1, as each lists only so many. */
    public static OperationKey ofParentNote(ConversationId survivor, long executionId, int number) {
        return new OperationKey("p" + survivor + "/x" + executionId + "/note-" + number);
    }

    /** The key of the opening of a closed survivor. */
    public static OperationKey ofReopen(ConversationId survivor, long executionId) {
        return new OperationKey("p" + survivor + "/x" + executionId + "/reopen");
    }

    @Override
    public String toString() {
        return value;
    }
}
