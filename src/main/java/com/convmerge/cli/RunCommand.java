package com.convmerge.cli;

import com.convmerge.importing.SampleImport;
import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.NewRequest;
import com.convmerge.run.RunOptions;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.sandbox.SandboxSample;
import java.time.Duration;
import java.util.ArrayList;
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
    private static final String SANDBOX_DATABASE =
            "jdbc:h2:file:./data/sandbox;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
    private static final Duration SANDBOX_LINE_EVERY = Duration.ofSeconds(1);

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
                    + " (./data/sandbox, unless spring.datasource.url is set). Needs no token.")
    private boolean sandbox;

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
    boolean onlyAnswers() {
        return dryRun != null;
    }

    @Override
    ExitCode execute() {
        ExitCode code = sandbox ? runOnSandbox() : runOnIntercom();
        return exitZero && code == ExitCode.SOME_LEFT ? ExitCode.DONE : code;
    }

    private ExitCode runOnIntercom() {
        try (ConfigurableApplicationContext context = contexts.openRun()) {
            return run(context, RunSession.LINE_EVERY);
        }
    }

    private ExitCode runOnSandbox() {
        try (Sandbox server = SandboxCommand.startWithSample(0)) {
            terminal.remark("The sandbox stands in for Intercom at " + server.url()
                    + ": nothing leaves this machine. Sample: " + SandboxSample.PAIRS + " merge requests.");
            try (ConfigurableApplicationContext context = contexts.openRun(settings(server))) {
                context.getBean(SampleImport.class).add(sample(), SandboxCommand.APP_ID_CODE);
                return run(context, SANDBOX_LINE_EVERY);
            }
        }
    }

    private static List<NewRequest> sample() {
        return SandboxSample.pairs().stream()
                .map(pair -> new NewRequest(
                        pair.parent(), pair.duplicate(), pair.reason(), pair.requestedBy(), pair.externalRef()))
                .toList();
    }

    private ExitCode run(ConfigurableApplicationContext context, Duration lineEvery) {
        return dryRun != null
                ? dryRun.print(terminal, context, limit)
                : new RunSession(terminal, context, lineEvery)
                        .launch((runs, onEnd) ->
                                runs.run(new RunOptions(limit, until.next(context), verify, !noWait.given), onEnd));
    }

    private String[] settings(Sandbox server) {
        List<String> settings = new ArrayList<>(List.of(
                "--convmerge.intercom.base-url=" + server.url(),
                "--convmerge.intercom.access-token=" + Sandbox.TOKEN,
                "--convmerge.intercom.region=us",
                "--convmerge.settle=200ms,500ms",
                // The sandbox writes at once or never, so nobody needs to wait a quarter of an hour.
                "--convmerge.in-doubt.settle-time=2s",
                "--convmerge.intercom.backoff=200ms",
                // The summary lists the failures; the log would only repeat them.
                "--logging.level.com.convmerge=error"));
        if (!contexts.isDatabaseGiven() && System.getenv("SPRING_DATASOURCE_URL") == null) {
            settings.add("--" + ContextFactory.DATABASE + "=" + SANDBOX_DATABASE);
        }
        return settings.toArray(String[]::new);
    }
}
