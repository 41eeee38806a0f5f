package com.convmerge.cli;

import com.convmerge.sandbox.Sandbox;
import com.convmerge.sandbox.SandboxSample;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.springframework.context.ConfigurableApplicationContext;

/** A run against the built-in simulator, in the sandbox's own folder. */
final class SandboxRun {
    /** A night of some seconds has its progress in a log, too. */
    static final Duration LINE_EVERY = Duration.ofSeconds(1);

    private SandboxRun() {}

    /** Starts the simulator, says so, and hands the opened program to {@code run}. */
    static ExitCode with(
            Terminal terminal, ContextFactory contexts, Function<ConfigurableApplicationContext, ExitCode> run) {
        try (Sandbox server = SandboxCommand.start(0)) {
            terminal.remark("The sandbox stands in for Intercom at " + server.url()
                    + ": nothing leaves this machine. Sample: " + SandboxSample.PAIRS + " merge requests.");
            terminal.remark("Its database and its reports are in " + contexts.sandboxFolder()
                    + ", whatever is configured; your own are not touched.");
            try (ConfigurableApplicationContext context = contexts.onSandbox(
                            settings(server, contexts, terminal.isQuiet()))
                    .openRun()) {
                SandboxMemory.bringBack(server, contexts.sandboxFolder(), context, terminal);
                return run.apply(context);
            }
        }
    }

    private static Map<String, Object> settings(Sandbox server, ContextFactory contexts, boolean isQuiet) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "convmerge.intercom.base-url", server.url().toString(),
                "convmerge.intercom.access-token", Sandbox.TOKEN,
                "convmerge.intercom.region", "us",
                "convmerge.intercom.conversation-link", "",
                "convmerge.settle", "200ms,500ms",
                // The sandbox writes at once or never, so nobody needs to wait a quarter of an hour.
                "convmerge.in-doubt.settle-time", "2s",
                "convmerge.intercom.backoff", "200ms"));
        if (isQuiet || !contexts.isSet(ContextFactory.LOG_LEVEL)) {
            // The summary lists the failures; the log would only repeat them.
            settings.put(ContextFactory.LOG_LEVEL, "error");
        }
        return settings;
    }
}
