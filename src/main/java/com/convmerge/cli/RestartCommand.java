package com.convmerge.cli;

import com.convmerge.run.RunOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Continues a run that ended before it was complete. */
@Command(name = "restart", description = "Continues a run that failed, was stopped or was killed.")
final class RestartCommand extends OperatorCommand {
    @Mixin
    private RunNumber run = new RunNumber();

    @Mixin
    private Until until = new Until();

    @Mixin
    private NoWait noWait = new NoWait();

    @Option(
            names = "--sandbox",
            description = "Continue a run on the built-in Intercom simulator, in ./data/sandbox. Needs no token.")
    private boolean sandbox;

    @Option(names = "--json", description = "Print the result as JSON, for programs.")
    private boolean json;

    /** The run that a command is about. */
    static final class RunNumber {
        @Parameters(
                arity = "0..1",
                paramLabel = "RUN",
                description = "Its number; 'status' lists them. Without it, the last one.")
        @Nullable
        Long number;
    }

    @Override
    boolean isRun() {
        return true;
    }

    @Override
    ExitCode execute() {
        if (sandbox) {
            return SandboxRun.with(terminal, contexts, context -> restart(context, SandboxRun.LINE_EVERY));
        }
        return contexts.onIntercom(context -> restart(context, RunSession.LINE_EVERY));
    }

    private ExitCode restart(ConfigurableApplicationContext context, Duration lineEvery) {
        return new RunSession(terminal, context, lineEvery, new Hints(sandbox), json, null)
                .launch((runs, onEnd) -> runs.restart(
                        run.number, new RunOptions(null, until.next(context, terminal), false, !noWait.given), onEnd));
    }
}
