package com.convmerge.merge;

/**
 * The ledger's key of an operation: {@code r42/note}, {@code r42/tag} and {@code r42/close} for request 42, {@code
 * p987/x17/note-1} for the first note that execution 17 writes on survivor 987. What takes a merge back has keys such as {@code r42/untag}.
 */
public record OperationKey(String value) {
    /** The key of an operation that belongs to one request. */
    public static OperationKey ofRequest(long requestId, OperationKind kind) {
        return new OperationKey("r" + requestId + "/" + kind.label());
    }

    /** The key of a survivor's note. Each note lists a limited number of merges, so the notes of an execution are numbered from 1. */
    public static OperationKey ofSurvivorNote(ConversationId survivor, long executionId, int number) {
        return new OperationKey("p" + survivor + "/x" + executionId + "/note-" + number);
    }

    /** The key of a note on a survivor that lists what was taken back; numbered like those about merges. */
    public static OperationKey ofUndoOnSurvivor(ConversationId survivor, long executionId, int number) {
        return new OperationKey("p" + survivor + "/x" + executionId + "/undo-note-" + number);
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
