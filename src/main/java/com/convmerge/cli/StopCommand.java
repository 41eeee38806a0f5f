package com.convmerge.cli;

import com.convmerge.merge.Sleeper;
import com.convmerge.report.RunRecords;
import com.convmerge.run.RunLease;
import com.convmerge.run.RunStatus;
import java.time.Duration;
import java.util.Optional;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;

/** Asks the run under way to stop, and waits until it has. */
@Command(
        name = "stop",
        description =
                "Asks the run under way to stop: no request begins any more, those in hand finish, and 'restart' goes on."
                        + " Needs no token.")
final class StopCommand extends TablesCommand {
    private static final Duration CHECK_EVERY = Duration.ofMillis(500);
    private static final int CHECKS = 120;

    @Override
    ExitCode execute(ConfigurableApplicationContext context) throws InterruptedException {
        RunLease lease = context.getBean(RunLease.class);
        Optional<RunStatus> run = lease.underWay();
        if (run.isEmpty() || !lease.requestStop()) {
            terminal.line("No run is under way.");
            return ExitCode.DONE;
        }
        // Which one it is, as it may be an earlier run that was restarted.
        String restart = context.getBean(RunRecords.class).running().stream()
                .reduce((first, last) -> last)
                .map(record -> "restart " + record.id())
                .orElse("restart");
        terminal.line("Asked " + run.get().worker() + " to stop; it finishes what it has in hand.");
        Sleeper sleeper = context.getBean(Sleeper.class);
        for (int check = 0; check < CHECKS; check++) {
            if (lease.underWay().filter(RunStatus::stopRequested).isEmpty()) {
                terminal.line("It has stopped. Go on with: " + hints().command(restart));
                return ExitCode.DONE;
            }
            sleeper.sleep(CHECK_EVERY);
        }
        terminal.message("it has not stopped within a minute; see: " + hints().command("status"));
        return ExitCode.FAILED;
    }
}
