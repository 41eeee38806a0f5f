package com.convmerge.cli;

import com.convmerge.report.RunReportText;
import com.convmerge.retries.Retries;
import com.convmerge.retries.Retry;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The retry table. */
@Command(
        name = "retries",
        description = "Shows what failed and waits for another try, or was given up. Needs no token.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class RetriesCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? retries list");
    }

    /** {@code retries list}. */
    @Command(
            name = "list",
            description = "Lists the retry table: what failed, why, how often, and what happens next.",
            mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {
        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "100",
                description = "Show at most N rows. Default: ${DEFAULT-VALUE}.")
        private int limit;

        private final Terminal terminal;
        private final Contexts contexts;

        ListCommand(Terminal terminal, Contexts contexts) {
            this.terminal = terminal;
            this.contexts = contexts;
        }

        @Override
        public Integer call() {
            try (ConfigurableApplicationContext context = contexts.openTables()) {
                List<Retry> retries = context.getBean(Retries.class).list(limit);
                RunReportText text = context.getBean(RunReportText.class);
                if (retries.isEmpty()) {
                    terminal.out().println("The retry table is empty.");
                }
                for (Retry retry : retries) {
                    terminal.out().println(line(retry, text));
                }
                return ExitCode.DONE.code();
            }
        }

        private static String line(Retry retry, RunReportText text) {
            return String.format(
                    Locale.ROOT,
                    "request %d (%s into %s): %s %s, %d failure%s, the last at %s: %s. %s",
                    retry.requestId(),
                    retry.duplicate(),
                    retry.parent(),
                    retry.operation().word(),
                    retry.failure().kind().words(),
                    retry.attempts(),
                    retry.attempts() == 1 ? "" : "s",
                    text.told(retry.lastFailedAt()),
                    retry.failure().told(),
                    next(retry, text));
        }

        private static String next(Retry retry, RunReportText text) {
            return switch (retry.status()) {
                case RETRY ->
                    retry.nextAttemptAt() == null
                            ? "An operator must act."
                            : "The first run after " + text.told(retry.nextAttemptAt()) + " tries again.";
                case PENDING -> "The next run tries again.";
                case FAILED -> "Given up.";
                case MERGED, REJECTED -> "Nothing more to do.";
            };
        }
    }
}
