package com.convmerge.cli;

import com.convmerge.batch.RunLease;
import com.convmerge.batch.RunStatus;
import com.convmerge.merge.Sleeper;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;

/** Asks the run under way to stop. */
@Command(
        name = "stop",
        description =
                "Asks the run under way to stop: no request begins any more, those in hand finish, and 'restart' goes on."
                        + " Needs no token.",
        mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int LOOKS = 120;

    private final Terminal terminal;
    private final ContextFactory contexts;

    StopCommand(Terminal terminal, ContextFactory contexts) {
        this.terminal = terminal;
        this.contexts = contexts;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (ConfigurableApplicationContext context = contexts.openTables()) {
            RunLease lock = context.getBean(RunLease.class);
            Optional<RunStatus> run = lock.underWay();
            if (run.isEmpty() || !lock.requestStop()) {
                terminal.out().println("No run is under way.");
                return ExitCode.DONE.code();
            }
            terminal.out().println("Asked " + run.get().worker() + " to stop; it finishes what it has in hand.");
            Sleeper sleeper = context.getBean(Sleeper.class);
            for (int look = 0; look < LOOKS; look++) {
                if (lock.underWay().filter(RunStatus::stopRequested).isEmpty()) {
                    terminal.out().println("It has stopped. Go on with: restart");
                    return ExitCode.DONE.code();
                }
                sleeper.sleep(LOOK_EVERY);
            }
            terminal.err().println("convmerge: it has not stopped within a minute; see: status");
            return ExitCode.FAILED.code();
        }
    }
}
