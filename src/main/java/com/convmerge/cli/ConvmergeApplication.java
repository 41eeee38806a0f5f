package com.convmerge.cli;

/** Where the program begins. */
public final class ConvmergeApplication {
    private ConvmergeApplication() {}

    /** Runs a command; ends the program with its exit code. */
    public static void main(String[] args) {
        System.exit(Commands.execute(Terminal.ofThisProgram(), args));
    }
}
