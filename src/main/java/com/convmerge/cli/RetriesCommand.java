package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.FailureKind;
import com.convmerge.report.RunReportText;
import com.convmerge.retries.Retries;
import com.convmerge.retries.Retry;
import com.convmerge.retries.RetryFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The retry table as a tool. */
@Command(
        name = "retries",
        description =
                "Shows what failed and waits for another try, or was given up; sends it back or drops it. Needs no token.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class RetriesCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    static CommandLine withCommands(Terminal terminal, ContextFactory contexts) {
        return new CommandLine(new RetriesCommand())
                .addSubcommand(new ListCommand(terminal, contexts))
                .addSubcommand(new ReleaseCommand(terminal, contexts))
                .addSubcommand(new DropCommand(terminal, contexts));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? retries list, release or drop");
    }

    /** Which rows a command means. */
    static final class Rows {
        @Parameters(arity = "0..*", paramLabel = "REQUEST_ID", description = "The requests' ids.")
        private List<Long> ids = new ArrayList<>();

        @Option(
                names = "--kind",
                paramLabel = "KIND",
                description = "Only failures of this kind: NOT_SENT, IN_DOUBT, NOT_FOUND or REFUSED.")
        private @Nullable FailureKind kind;

        @Option(names = "--code", paramLabel = "CODE", description = "Only failures with this code, such as not_found.")
        private @Nullable String code;

        RetryFilter filter() {
            return new RetryFilter(ids, kind, code);
        }

        /** A change of every row must be asked for in so many words. */
        RetryFilter filter(boolean all) {
            boolean isNarrowed = !ids.isEmpty() || kind != null || code != null;
            if (isNarrowed == all) {
                throw new ConfigurationProblem(
                        all
                                ? "--all goes without ids, --kind and --code"
                                : "which requests? Give ids, --kind, --code or --all");
            }
            return filter();
        }
    }

    /** {@code retries list}. */
    @Command(
            name = "list",
            description = "Lists the retry table: what failed, why, how often, and what happens next.",
            mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {
        @CommandLine.Mixin
        private Rows rows = new Rows();

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "100",
                description = "Show at most N rows. Default: ${DEFAULT-VALUE}.")
        private int limit;

        @Option(names = "--json", description = "As JSON, for programs.")
        private boolean json;

        private final Terminal terminal;
        private final ContextFactory contexts;

        ListCommand(Terminal terminal, ContextFactory contexts) {
            this.terminal = terminal;
            this.contexts = contexts;
        }

        @Override
        public Integer call() {
            if (limit < 1) {
                throw new ConfigurationProblem("--limit is " + limit + "; expected 1 or more");
            }
            try (ConfigurableApplicationContext context = contexts.openTables()) {
                List<Retry> retries = context.getBean(Retries.class).list(rows.filter(), limit);
                RetriesText text = new RetriesText(context.getBean(RunReportText.class));
                terminal.out().print(json ? RetriesText.json(retries) : text.table(retries));
                terminal.out().flush();
                return ExitCode.DONE.code();
            }
        }
    }

    /** {@code retries release}. */
    @Command(
            name = "release",
            description = "Sends requests back to PENDING for the next run, with their attempts forgotten.",
            mixinStandardHelpOptions = true)
    static final class ReleaseCommand implements Callable<Integer> {
        @CommandLine.Mixin
        private Rows rows = new Rows();

        @Option(names = "--all", description = "All that wait or were given up.")
        private boolean all;

        private final Terminal terminal;
        private final ContextFactory contexts;

        ReleaseCommand(Terminal terminal, ContextFactory contexts) {
            this.terminal = terminal;
            this.contexts = contexts;
        }

        @Override
        public Integer call() {
            RetryFilter filter = rows.filter(all);
            try (ConfigurableApplicationContext context = contexts.openTables()) {
                List<Long> released = context.getBean(Retries.class).release(filter);
                terminal.out().println(told("Released", released, "the next run tries them"));
                return missing(terminal, filter, released);
            }
        }
    }

    /** {@code retries drop}. */
    @Command(
            name = "drop",
            description = "Gives requests up: they become FAILED with your reason, and no run tries them again.",
            mixinStandardHelpOptions = true)
    static final class DropCommand implements Callable<Integer> {
        @CommandLine.Mixin
        private Rows rows = new Rows();

        @Option(names = "--all", description = "All that wait or were given up.")
        private boolean all;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it stands in the report.")
        private String reason = "";

        private final Terminal terminal;
        private final ContextFactory contexts;

        DropCommand(Terminal terminal, ContextFactory contexts) {
            this.terminal = terminal;
            this.contexts = contexts;
        }

        @Override
        public Integer call() {
            RetryFilter filter = rows.filter(all);
            if (reason.isBlank() || reason.length() > 1_000) {
                throw new ConfigurationProblem("--reason needs a text of 1 to 1,000 characters");
            }
            try (ConfigurableApplicationContext context = contexts.openTables()) {
                List<Long> dropped = context.getBean(Retries.class).drop(filter, reason.strip());
                terminal.out().println(told("Dropped", dropped, "no run tries them again"));
                return missing(terminal, filter, dropped);
            }
        }
    }

    private static String told(String what, List<Long> ids, String next) {
        if (ids.isEmpty()) {
            return what + " nothing: no request of the retry table fits.";
        }
        return what + " " + ids.size() + (ids.size() == 1 ? " request; " : " requests; ") + next + ".";
    }

    /** Somebody who names a request wants to hear if it was not there. */
    private static int missing(Terminal terminal, RetryFilter filter, List<Long> changed) {
        String missing = filter.requestIds().stream()
                .filter(id -> !changed.contains(id))
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        if (missing.isEmpty()) {
            return ExitCode.DONE.code();
        }
        terminal.err()
                .println("convmerge: not in the retry table as waiting or given up: request " + missing
                        + "; see: status --request ID");
        return ExitCode.WRONG_USE.code();
    }
}
