package com.convmerge.cli;

/** The main class of the program. */
public final class ConvmergeApplication {
    private ConvmergeApplication() {}

    /** Runs a command and ends the program with its exit code. */
    public static void main(String[] args) {
        System.exit(Commands.execute(Terminal.ofThisProgram(), args));
    }
}
