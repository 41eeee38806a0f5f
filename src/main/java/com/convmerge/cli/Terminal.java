package com.convmerge.cli;

import com.convmerge.merge.OneLine;
import com.convmerge.merge.PossibleSecrets;
import java.io.Console;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command prints. What comes from outside (a row, Intercom, a file, an argument) can neither begin a line of its own nor
 * make the terminal do anything: {@link #line}, {@link #message} and {@link #remark} print exactly one line, and all that goes to
 * {@link #out} and {@link #err} passes {@link PlainOutput}.
 */
final class Terminal {
    private final PrintStream out;
    private final PrintStream err;
    private final PrintStream screenOut;
    private final PrintStream screen;
    /** How many characters fit in a line of the screen; null if the output goes to none. */
    private final @Nullable Integer width;

    private final boolean isQuiet;
    /** Whether a message has been printed, to which remarks below it belong. */
    private volatile boolean hasMessage;

    /**
     * A terminal on two streams.
     *
     * @param out receives the result
     * @param err receives messages
     * @param width how many characters fit in a line, if the output goes to a screen, on which a line can be drawn again; else null
     */
    Terminal(PrintStream out, PrintStream err, @Nullable Integer width) {
        this.out = utf8(new PlainOutput(out));
        this.err = utf8(new PlainOutput(err));
        this.screenOut = out;
        this.screen = err;
        this.width = width;
        this.isQuiet = false;
    }

    private Terminal(Terminal loud) {
        this.out = loud.out;
        this.err = loud.err;
        this.screenOut = loud.screenOut;
        this.screen = utf8(OutputStream.nullOutputStream());
        this.width = null;
        this.isQuiet = true;
    }

    /** The same without what is no trouble: no progress, and remarks only below a message, to which they belong then. */
    Terminal quiet() {
        return new Terminal(this);
    }

    static Terminal ofThisProgram() {
        boolean isInteractive = isTerminal(System.console());
        if (isInteractive) {
            System.setProperty(LogStart.WIPES, "true");
        }
        return new Terminal(utf8(System.out), utf8(System.err), isInteractive ? detectedWidth() : null);
    }

    /** From Java 22 on there is a console also where the output goes to a file, and another method that says so. */
    static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Asked of the system by picocli, which does the same for the help. */
    private static int detectedWidth() {
        return CommandSpec.create().usageMessage().autoWidth(true).width();
    }

    /** Receives the result. */
    PrintStream out() {
        return out;
    }

    /** Receives messages. */
    PrintStream err() {
        return err;
    }

    /** The result's stream as it is, for what moves the cursor or sets colours and shows nothing from outside: the help. */
    PrintStream screenOut() {
        return screenOut;
    }

    /** The messages' stream as it is, for what moves the cursor and shows nothing from outside: the progress bar. */
    PrintStream screen() {
        return screen;
    }

    /** Whether it leaves out what is no trouble. */
    boolean isQuiet() {
        return isQuiet;
    }

    boolean isInteractive() {
        return width != null;
    }

    /** How many characters of a line are shown: as many as fit on the screen, or {@code most}. */
    int widthUpTo(int most) {
        // A line as wide as the screen may wrap on some.
        return width == null ? most : Math.min(most, width - 1);
    }

    /** Prints one line of the result. */
    void line(String line) {
        out.println(OneLine.exact(line));
    }

    /** Prints one line to stderr: what went wrong, or what an operator must know. */
    void message(String message) {
        hasMessage = true;
        remark("convmerge: " + message);
    }

    /** Prints one line to stderr that is no trouble. */
    void remark(String line) {
        if (isQuiet && !hasMessage) {
            return;
        }
        err.println(OneLine.exact(PossibleSecrets.hideCredentials(line)));
    }

    private static PrintStream utf8(OutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}
