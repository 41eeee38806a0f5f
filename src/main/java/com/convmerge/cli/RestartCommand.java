package com.convmerge.cli;

import java.time.LocalTime;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Continues a run that broke off. */
@Command(
        name = "restart",
        description = "Continues an execution that failed, was stopped or was killed.",
        mixinStandardHelpOptions = true)
final class RestartCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "EXECUTION_ID",
            description = "Which one; 'status' lists them. Without it, the last one.")
    private @Nullable Long executionId;

    @Option(
            names = "--until",
            paramLabel = "HH:MM",
            description =
                    "Begin no further merge after the next HH:MM; then tell the survivors, write the report and end with 4.")
    private @Nullable LocalTime until;

    private final Terminal terminal;
    private final ContextFactory contexts;

    RestartCommand(Terminal terminal, ContextFactory contexts) {
        this.terminal = terminal;
        this.contexts = contexts;
    }

    @Override
    public Integer call() {
        try (ConfigurableApplicationContext context = contexts.openRun()) {
            return new RunSession(terminal, context, RunSession.LINE_EVERY)
                    .launch((runs, tell) -> runs.restart(executionId, Until.next(until, context), tell))
                    .code();
        }
    }
}
