package com.convmerge.cli;

import com.convmerge.merge.Sleeper;
import java.nio.file.Path;

/** The main class of the program. */
public final class ConvmergeApplication {
    private ConvmergeApplication() {}

    /** Runs a command and ends the program with its exit code. */
    public static void main(String[] args) {
        Terminal terminal = Terminal.ofThisProgram();
        ProgramEnd end = new ProgramEnd(
                terminal, Sleeper.REAL, code -> Runtime.getRuntime().halt(code));
        Runtime.getRuntime().addShutdownHook(new Thread(end::begin, "program-end-begins"));
        Commands.Surroundings around = new Commands.Surroundings(end, end::isEnding, Path.of("."));
        System.exit(end.ended(Commands.execute(terminal, around, args)));
    }
}
