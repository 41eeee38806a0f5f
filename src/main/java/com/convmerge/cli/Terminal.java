package com.convmerge.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command prints.
 *
 * @param out receives the result
 * @param err receives messages
 * @param isInteractive whether the output goes to a screen, on which a line can be drawn again
 */
record Terminal(PrintStream out, PrintStream err, boolean isInteractive) {
    static Terminal ofThisProgram() {
        return new Terminal(utf8(System.out), utf8(System.err), System.console() != null);
    }

    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}
