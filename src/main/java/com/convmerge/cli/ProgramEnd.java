package com.convmerge.cli;

import com.convmerge.merge.Sleeper;
import com.convmerge.run.LastResort;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * Sees to it that the program ends when it is to end. After SIGTERM or Ctrl-C a run drains; what does not answer would hold that up
 * for as long as it likes, so that after a while the program ends as it is.
 */
final class ProgramEnd implements LastResort {
    /** Service managers and Kubernetes kill after 30 s. */
    static final Duration PATIENCE = Duration.ofSeconds(27);

    /** What the JVM ends with after SIGTERM. */
    private static final int TERMINATED = 143;

    private final Terminal terminal;
    private final Sleeper sleeper;
    private final IntConsumer halt;
    private final AtomicBoolean isHalting = new AtomicBoolean();
    private volatile boolean isEnding;
    private volatile int exitCode = TERMINATED;

    /** @param halt ends the JVM with an exit code, and waits for nothing */
    ProgramEnd(Terminal terminal, Sleeper sleeper, IntConsumer halt) {
        this.terminal = terminal;
        this.sleeper = sleeper;
        this.halt = halt;
    }

    /** Takes the exit code of the command, which is through; returns it. */
    int ended(int code) {
        exitCode = code;
        return code;
    }

    /** To be called when the JVM begins to end, for whatever reason. It returns at once. */
    void begin() {
        isEnding = true;
        Thread watch = new Thread(this::haltAfterPatience, "program-end");
        watch.setDaemon(true);
        watch.start();
    }

    /** Whether the JVM ends, and not because the command is through. */
    boolean isEnding() {
        return isEnding;
    }

    private void haltAfterPatience() {
        try {
            sleeper.sleep(PATIENCE);
        } catch (InterruptedException e) {
            return;
        }
        halt("the program was told to end, and did not get there within " + PATIENCE.toSeconds() + " s");
    }

    @Override
    public void end(String why) {
        halt("the run failed: " + why);
    }

    private void halt(String why) {
        if (isHalting.compareAndSet(false, true)) {
            terminal.message(
                    why + "; " + WaitingThreads.describe(Thread.getAllStackTraces())
                            + ", so it was cut off. Nothing is lost: start it again when the cause is mended, a run with: restart");
            terminal.err().flush();
            halt.accept(isEnding ? exitCode : ExitCode.FAILED.code());
        }
    }
}
