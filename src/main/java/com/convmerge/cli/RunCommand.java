package com.convmerge.cli;

import com.convmerge.batch.RunOptions;
import com.convmerge.batch.WorkspaceBinding;
import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.requests.NewRequest;
import com.convmerge.requests.NewRequests;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.sandbox.SandboxSample;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One night's run. */
@Command(
        name = "run",
        description =
                "Merges everything that is asked for: new requests, what is due in the retry table, and what a broken run"
                        + " left behind.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final String SANDBOX_DATABASE = "jdbc:h2:file:./data/sandbox;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    private static final Duration SANDBOX_LINE_EVERY = Duration.ofSeconds(1);

    @Option(names = "--limit", paramLabel = "N", description = "Apply at most N requests.")
    private @Nullable Long limit;

    @Option(
            names = "--until",
            paramLabel = "HH:MM",
            description =
                    "Begin no further merge after the next HH:MM; then tell the survivors, write the report and end with 4.")
    private @Nullable LocalTime until;

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

    private final Terminal terminal;
    private final ContextFactory contexts;

    RunCommand(Terminal terminal, ContextFactory contexts) {
        this.terminal = terminal;
        this.contexts = contexts;
    }

    @Override
    public Integer call() {
        if (limit != null && limit < 1) {
            throw new ConfigurationProblem("--limit is " + limit + "; expected 1 or more");
        }
        ExitCode code = sandbox ? runOnSandbox() : runOnIntercom();
        return (exitZero && code == ExitCode.SOME_LEFT ? ExitCode.DONE : code).code();
    }

    private ExitCode runOnIntercom() {
        try (ConfigurableApplicationContext context = contexts.openRun()) {
            return go(context, RunSession.LINE_EVERY);
        }
    }

    private ExitCode runOnSandbox() {
        try (Sandbox server = SandboxServer.withSample(0)) {
            terminal.err()
                    .println("The sandbox stands in for Intercom at " + server.url()
                            + ": nothing leaves this machine. Sample: " + SandboxSample.PAIRS + " merge requests.");
            try (ConfigurableApplicationContext context = contexts.openRun(settings(server))) {
                context.getBean(WorkspaceBinding.class).checkSandbox(SandboxServer.APP_ID_CODE);
                context.getBean(NewRequests.class)
                        .addMissing(SandboxSample.pairs().stream()
                                .map(pair -> new NewRequest(
                                        pair.parent(),
                                        pair.duplicate(),
                                        pair.reason(),
                                        pair.requestedBy(),
                                        pair.externalRef()))
                                .toList());
                return go(context, SANDBOX_LINE_EVERY);
            }
        }
    }

    private ExitCode go(ConfigurableApplicationContext context, Duration lineEvery) {
        return dryRun != null
                ? dryRun.tell(terminal, context, limit)
                : new RunSession(terminal, context, lineEvery).launch((runs, tell) -> runs.run(options(context), tell));
    }

    private RunOptions options(ConfigurableApplicationContext context) {
        return new RunOptions(limit, Until.next(until, context));
    }

    private String[] settings(Sandbox server) {
        List<String> settings = new ArrayList<>(List.of(
                "--convmerge.intercom.base-url=" + server.url(),
                "--convmerge.intercom.access-token=" + Sandbox.TOKEN,
                "--convmerge.intercom.region=us",
                "--convmerge.settle=200ms,500ms",
                "--convmerge.intercom.backoff=200ms",
                // A newcomer reads the failures in the summary, once.
                "--logging.level.com.convmerge=error"));
        if (!contexts.isDatabaseGiven() && System.getenv("SPRING_DATASOURCE_URL") == null) {
            settings.add("--" + ContextFactory.DATABASE + "=" + SANDBOX_DATABASE);
        }
        return settings.toArray(String[]::new);
    }
}
