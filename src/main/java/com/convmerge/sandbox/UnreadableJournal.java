package com.convmerge.sandbox;

import java.io.IOException;

/** A {@link SandboxJournal} holds something from which the sandbox cannot be brought back. */
public final class UnreadableJournal extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableJournal(int line, String why) {
        super("line " + line + " " + why);
    }
}
