package com.convmerge.importing;

/** A row cannot be read, and nobody can say where the next one begins. The message follows the number of the line. */
final class UnreadableRow extends RuntimeException {
    private final long line;

    UnreadableRow(long line, String what) {
        super(what);
        this.line = line;
    }

    /** Where the row begins. */
    long line() {
        return line;
    }
}
