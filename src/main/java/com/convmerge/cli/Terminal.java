package com.convmerge.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command prints.
 *
 * @param out its answer
 * @param err messages
 * @param isInteractive whether somebody looks at it, so that a line may be drawn again
 */
record Terminal(PrintStream out, PrintStream err, boolean isInteractive) {
    static Terminal ofThisProgram() {
        return new Terminal(utf8(System.out), utf8(System.err), System.console() != null);
    }

    PrintWriter outWriter() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    PrintWriter errWriter() {
        return new PrintWriter(err, true, StandardCharsets.UTF_8);
    }

    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}
