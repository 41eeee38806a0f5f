package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.ConversationId;
import com.convmerge.preview.UndoPreview;
import com.convmerge.report.RunRecords;
import com.convmerge.run.RunJournal;
import com.convmerge.run.RunOptions;
import com.convmerge.undo.UndoOrder;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes merges back, or shows what that would do. */
@Command(
        name = "undo",
        description =
                "Takes merges back: opens or snoozes the duplicates again, takes our tag off, and says so in notes."
                        + " What somebody has acted on since is left as it is.")
final class UndoCommand extends OperatorCommand {
    private static final int LONGEST_REASON = 2_000;
    private static final int LONGEST_BY = 255;

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the notes.")
    private @Nullable String reason;

    @Option(names = "--by", paramLabel = "NAME", description = "Who wants it, for the notes.")
    private @Nullable String by;

    @Option(
            names = "--redact-notes",
            description = "Have the notes that the merges wrote on the duplicates redacted, as far as Intercom lets us."
                    + " Without it they stay.")
    private boolean redactsNotes;

    @ArgGroup(exclusive = false, heading = "Looking before the first write:%n")
    private @Nullable UndoDryRunOptions dryRun;

    @Mixin
    private Until until = new Until();

    @Mixin
    private NoWait noWait = new NoWait();

    @Option(names = "--sandbox", description = "On the built-in Intercom simulator, in ./data/sandbox. Needs no token.")
    private boolean sandbox;

    @Option(names = "--json", description = "Print the result, or the plan of a dry run, as JSON, for programs.")
    private boolean json;

    /** Which merges. */
    static final class What {
        @Parameters(
                paramLabel = "RUN",
                arity = "0..1",
                description =
                        "All that a run has merged; its number, which 'status' lists. The number of an undo goes on with"
                                + " what it has not taken back.")
        private @Nullable Long run;

        @Option(
                names = "--request",
                paramLabel = "ID",
                split = ",",
                description = "The merges that these requests asked for, such as 17,18.")
        private List<Long> requests = List.of();

        @Option(names = "--survivor", paramLabel = "ID", description = "All that was merged into this conversation.")
        private @Nullable String survivor;
    }

    @Override
    void checkArguments() {
        String id = what.survivor;
        if (id != null) {
            ConversationId.fault(id).ifPresent(why -> {
                throw new ConfigurationProblem("--survivor " + why);
            });
        }
        checkLength("--reason", reason, LONGEST_REASON);
        checkLength("--by", by, LONGEST_BY);
    }

    private static void checkLength(String option, @Nullable String text, int most) {
        if (text != null && text.length() > most) {
            throw new ConfigurationProblem(option + " has " + text.length() + " characters; at most " + most + " fit");
        }
    }

    @Override
    boolean isRun() {
        return dryRun == null;
    }

    @Override
    ExitCode execute() {
        return sandbox
                ? SandboxRun.with(terminal, contexts, context -> undo(context, SandboxRun.LINE_EVERY))
                : contexts.onIntercom(context -> undo(context, RunSession.LINE_EVERY));
    }

    private ExitCode undo(ConfigurableApplicationContext context, Duration lineEvery) {
        String id = what.survivor;
        UndoOrder order = new UndoOrder(
                what.run, what.requests, id == null ? null : new ConversationId(id), by, reason, redactsNotes);
        checkThatTheyExist(order, context);
        if (dryRun != null) {
            return dryRun.print(order, terminal, context, json);
        }
        tellOfChains(order, context);
        return new RunSession(terminal, context, lineEvery, new Hints(sandbox), json, null)
                .launch((runs, onEnd) -> runs.undo(
                        order, new RunOptions(null, until.next(context, terminal), false, !noWait.given), onEnd));
    }

    /** Before anything happens: what was named and is not there is a slip of the operator's. */
    private static void checkThatTheyExist(UndoOrder order, BeanFactory beans) {
        Long run = order.run();
        if (run != null && beans.getBean(RunRecords.class).find(run).isEmpty()) {
            throw new ConfigurationProblem("there is no run " + run + "; 'status' lists the last ones");
        }
        beans.getBean(UndoPreview.class).fault(order).ifPresent(why -> {
            throw new ConfigurationProblem(why + "; nothing was done");
        });
    }

    private void tellOfChains(UndoOrder order, BeanFactory beans) {
        beans.getBean(UndoPreview.class)
                .chains(order, beans.getBean(RunJournal.class)::executionsOf)
                .forEach(chain -> terminal.message(UndoDryRunOptions.describe(chain)));
    }
}
