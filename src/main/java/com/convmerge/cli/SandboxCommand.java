package com.convmerge.cli;

import com.convmerge.batch.ErrorMessages;
import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.sandbox.Sandbox;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The simulator as a server. */
@Command(
        name = "sandbox",
        description =
                "Serves the Intercom simulator with the sample's conversations, to try any Intercom script against.",
        mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8080",
            description = "Default: ${DEFAULT-VALUE}; 0 for any.")
    private int port;

    private final Terminal terminal;

    SandboxCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > 65_535) {
            throw new ConfigurationProblem("--port is " + port + "; expected 0 to 65535");
        }
        try (Sandbox sandbox = SandboxServer.withSample(port)) {
            terminal.out()
                    .println("The sandbox answers as Intercom's API at " + sandbox.url() + " (this machine only).");
            terminal.out().println("Token: " + Sandbox.TOKEN + ". It forgets everything when it ends: Ctrl-C.");
            new CountDownLatch(1).await();
        } catch (UncheckedIOException e) {
            throw new ConfigurationProblem("port " + port + " cannot be used: " + ErrorMessages.oneLine(e));
        }
        return ExitCode.DONE.code();
    }
}
