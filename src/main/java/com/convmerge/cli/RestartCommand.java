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
@Command(name = "restart", description = "Continues an execution that failed, was stopped or was killed.")
final class RestartCommand extends OperatorCommand {
    @Mixin
    private ExecutionId execution = new ExecutionId();

    @Mixin
    private Until until = new Until();

    @Mixin
    private NoWait noWait = new NoWait();

    @Option(
            names = "--sandbox",
            description = "Continue a run on the built-in Intercom simulator, in ./data/sandbox. Needs no token.")
    private boolean sandbox;

    /** The execution that a command is about. */
    static final class ExecutionId {
        @Parameters(
                arity = "0..1",
                paramLabel = "EXECUTION_ID",
                description = "Which one; 'status' lists them. Without it, the last one.")
        @Nullable
        Long id;
    }

    @Override
    ExitCode execute() {
        if (sandbox) {
            return SandboxRun.with(terminal, contexts, context -> restart(context, SandboxRun.LINE_EVERY));
        }
        try (ConfigurableApplicationContext context = contexts.openRun()) {
            return restart(context, RunSession.LINE_EVERY);
        }
    }

    private ExitCode restart(ConfigurableApplicationContext context, Duration lineEvery) {
        return new RunSession(terminal, context, lineEvery)
                .launch((runs, onEnd) -> runs.restart(
                        execution.id, new RunOptions(null, until.next(context), false, !noWait.given), onEnd));
    }
}
