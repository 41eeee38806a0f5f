package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OneLine;
import com.convmerge.report.JsonText;
import com.convmerge.retries.Retries;
import com.convmerge.retries.RetryFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    /** So many ids stand in a message. */
    private static final int NAMED = 10;

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
            return filter(RetryFilter.Dropped.INCLUDED);
        }

        RetryFilter filter(RetryFilter.Dropped dropped) {
            return new RetryFilter(ids, kind, code, dropped);
        }

        boolean isEveryRow() {
            return ids.isEmpty() && kind == null && code == null;
        }
    }

    /** The options and the output that {@code retries release} and {@code retries drop} have in common. */
    abstract static class ChangeCommand extends TablesCommand {
        @Mixin
        private Rows rows = new Rows();

        @Option(
                names = "--all",
                description = "All that wait or were given up, but for those that an operator has dropped.")
        private boolean all;

        @Option(names = "--json", description = "As JSON, for programs.")
        private boolean json;

        /** What was done. As JSON it has the names of the tables. */
        private record ChangeJson(
                String change, List<Long> requestIds, List<Long> leftDropped, List<Long> notInRetryTable) {}

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

        /**
         * Prints how many requests were changed, and which were left alone because an operator has dropped them; ids in the
         * arguments that are not among the changed ones are an error.
         */
        final ExitCode print(String change, List<Long> changed, List<Long> leftDropped, String next) {
            List<Long> missing =
                    rows.ids.stream().filter(id -> !changed.contains(id)).toList();
            if (json) {
                JsonText.write(
                        new ChangeJson(change.toLowerCase(Locale.ROOT), changed, leftDropped, missing), terminal.out());
            } else {
                terminal.line(text(change, changed, leftDropped, next));
                if (!leftDropped.isEmpty()) {
                    terminal.line(leftAlone(leftDropped));
                }
            }
            if (missing.isEmpty()) {
                return ExitCode.DONE;
            }
            terminal.message("not in the retry table as waiting or given up: request " + joined(missing.stream())
                    + "; see: " + hints().command("status --request ID"));
            return ExitCode.WRONG_USE;
        }

        private static String text(String change, List<Long> changed, List<Long> leftDropped, String next) {
            if (!changed.isEmpty()) {
                return change + " " + requests(changed.size()) + "; " + next + ".";
            }
            return leftDropped.isEmpty()
                    ? change + " nothing: no request of the retry table fits."
                    : change + " nothing.";
        }

        /** What a person has given up, only a person who names it takes back. */
        private String leftAlone(List<Long> dropped) {
            int more = dropped.size() - NAMED;
            return "Left alone: " + requests(dropped.size()) + " that an operator has dropped ("
                    + joined(dropped.stream().limit(NAMED))
                    + (more > 0 ? " and " + more + " more: '" + hints().words("retries list --dropped") + "'" : "")
                    + "). To take one back, name it: " + hints().command("retries release " + dropped.get(0));
        }

        private static String requests(int count) {
            return count + (count == 1 ? " request" : " requests");
        }

        private static String joined(Stream<Long> ids) {
            return ids.map(String::valueOf).collect(Collectors.joining(", "));
        }
    }

    /** {@code retries release}. */
    @Command(
            name = "release",
            description =
                    "Sends requests back to PENDING for the next run, with their attempts forgotten. What an operator has"
                            + " dropped comes back only by its id.")
    static final class ReleaseCommand extends ChangeCommand {
        @Override
        ExitCode execute(ConfigurableApplicationContext context) {
            Retries retries = context.getBean(Retries.class);
            List<Long> released = retries.release(filter());
            return print("Released", released, retries.leftAlone(filter()), "the next run tries them");
        }
    }

    /** {@code retries drop}. */
    @Command(
            name = "drop",
            description =
                    "Gives requests up: they become FAILED with your reason, and no run tries them again. One that an operator"
                            + " has dropped before gets another reason only by its id.")
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
            Retries retries = context.getBean(Retries.class);
            // Before: afterwards the ones that are dropped now would be among them.
            List<Long> leftDropped = retries.leftAlone(filter());
            return print("Dropped", retries.drop(filter(), reason), leftDropped, "no run tries them again");
        }
    }
}
