package com.convmerge.cli;

import com.convmerge.importing.SampleImport;
import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.NewRequest;
import com.convmerge.run.RunOptions;
import com.convmerge.sandbox.SandboxSample;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the merge job on Intercom or on the sandbox, or shows what it would do. */
@Command(
        name = "run",
        description =
                "Merges everything that is asked for: new requests, what is due in the retry table, and what a broken run"
                        + " left behind.")
final class RunCommand extends OperatorCommand {
    @Option(names = "--limit", paramLabel = "N", description = "Apply at most N requests.")
    private @Nullable Long limit;

    @Mixin
    private Until until = new Until();

    @Mixin
    private NoWait noWait = new NoWait();

    @Option(
            names = "--verify",
            description =
                    "Read each duplicate before its first note, and settle what is found: after a failover or a restore,"
                            + " when the database may be older than what was done.")
    private boolean verify;

    @ArgGroup(exclusive = false, heading = "Looking before the first write:%n")
    private @Nullable DryRunOptions dryRun;

    @Option(
            names = "--sandbox",
            description = "Run against the built-in Intercom simulator with sample data, on a database of its own"
                    + " and with reports of its own (./data/sandbox, whatever is configured). Needs no token.")
    private boolean sandbox;

    @Option(names = "--json", description = "Print the result, or the plan of a dry run, as JSON, for programs.")
    private boolean json;

    @Option(
            names = "--exit-zero",
            description =
                    "End with 0 also when some requests were rejected, failed or wait, for schedulers that take every other"
                            + " code for a breakdown.")
    private boolean exitZero;

    @Override
    void checkArguments() {
        if (limit != null && limit < 1) {
            throw new ConfigurationProblem("--limit is " + limit + "; expected 1 or more");
        }
    }

    @Override
    boolean isRun() {
        return dryRun == null;
    }

    @Override
    ExitCode execute() {
        ExitCode code = sandbox ? runOnSandbox() : runOnIntercom();
        return exitZero && code == ExitCode.SOME_LEFT ? ExitCode.DONE : code;
    }

    private ExitCode runOnIntercom() {
        return contexts.onIntercom(context -> run(context, RunSession.LINE_EVERY));
    }

    private ExitCode runOnSandbox() {
        return SandboxRun.with(terminal, contexts, context -> {
            context.getBean(SampleImport.class).add(sample(), SandboxCommand.APP_ID_CODE);
            return run(context, SandboxRun.LINE_EVERY);
        });
    }

    private static List<NewRequest> sample() {
        return SandboxSample.pairs().stream()
                .map(pair -> new NewRequest(
                        pair.parent(), pair.duplicate(), pair.reason(), pair.requestedBy(), pair.externalRef()))
                .toList();
    }

    private ExitCode run(ConfigurableApplicationContext context, Duration lineEvery) {
        return dryRun != null
                ? dryRun.print(terminal, context, limit, json)
                : new RunSession(terminal, context, lineEvery, new Hints(sandbox), json, limit)
                        .launch((runs, onEnd) -> runs.run(
                                new RunOptions(limit, until.next(context, terminal), verify, !noWait.given), onEnd));
    }
}
