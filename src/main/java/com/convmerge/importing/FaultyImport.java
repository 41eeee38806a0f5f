package com.convmerge.importing;

import java.util.List;

/** A file cannot be imported as it is; nothing of it was written. The message and the lines are for the operator. */
public final class FaultyImport extends RuntimeException {
    private final List<String> lines;

    FaultyImport(String message, List<String> lines) {
        super(message);
        this.lines = List.copyOf(lines);
    }

    /** The first faults in the order of the file, each with its line number, how many more there are, and how the file was read. */
    public List<String> lines() {
        return lines;
    }
}
