package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OneLine;
import com.convmerge.retries.Retries;
import com.convmerge.retries.RetryFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that show and change the retry table. */
@Command(
        name = "retries",
        description =
                "Shows what failed and waits for another try, or was given up; sends it back or drops it. Needs no token.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RetriesListCommand.class, RetriesCommand.ReleaseCommand.class, RetriesCommand.DropCommand.class})
final class RetriesCommand extends OperatorCommand {
    @Override
    ExitCode execute() {
        throw missingCommand("retries list, release or drop");
    }

    /** Selects rows of the table. */
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

        boolean isEveryRow() {
            return ids.isEmpty() && kind == null && code == null;
        }
    }

    /** The options and the output that {@code retries release} and {@code retries drop} have in common. */
    abstract static class ChangeCommand extends TablesCommand {
        @Mixin
        private Rows rows = new Rows();

        @Option(names = "--all", description = "All that wait or were given up.")
        private boolean all;

        /** A change of every row needs {@code --all}, so that forgotten ids do not cause it. */
        @Override
        void checkArguments() {
            if (rows.isEveryRow() != all) {
                throw new ConfigurationProblem(
                        all
                                ? "--all goes without ids, --kind and --code"
                                : "which requests? Give ids, --kind, --code or --all");
            }
        }

        final RetryFilter filter() {
            return rows.filter();
        }

        /** Prints how many requests were changed; ids in the arguments that are not among them are an error. */
        final ExitCode print(String change, List<Long> changed, String next) {
            terminal.line(
                    changed.isEmpty()
                            ? change + " nothing: no request of the retry table fits."
                            : change + " " + changed.size() + (changed.size() == 1 ? " request; " : " requests; ")
                                    + next + ".");
            String missing = rows.ids.stream()
                    .filter(id -> !changed.contains(id))
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "));
            if (missing.isEmpty()) {
                return ExitCode.DONE;
            }
            terminal.message(
                    "not in the retry table as waiting or given up: request " + missing + "; see: status --request ID");
            return ExitCode.WRONG_USE;
        }
    }

    /** {@code retries release}. */
    @Command(
            name = "release",
            description = "Sends requests back to PENDING for the next run, with their attempts forgotten.")
    static final class ReleaseCommand extends ChangeCommand {
        @Override
        ExitCode execute(ConfigurableApplicationContext context) {
            List<Long> released = context.getBean(Retries.class).release(filter());
            return print("Released", released, "the next run tries them");
        }
    }

    /** {@code retries drop}. */
    @Command(
            name = "drop",
            description = "Gives requests up: they become FAILED with your reason, and no run tries them again.")
    static final class DropCommand extends ChangeCommand {
        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it stands in the report.")
        private String reason = "";

        @Override
        void checkArguments() {
            super.checkArguments();
            // It stands in lists and reports, a line each, for as long as the row does.
            reason = OneLine.of(reason.strip());
            if (reason.isBlank() || reason.length() > 1_000) {
                throw new ConfigurationProblem("--reason needs a text of 1 to 1,000 characters");
            }
        }

        @Override
        ExitCode execute(ConfigurableApplicationContext context) {
            List<Long> dropped = context.getBean(Retries.class).drop(filter(), reason);
            return print("Dropped", dropped, "no run tries them again");
        }
    }
}
