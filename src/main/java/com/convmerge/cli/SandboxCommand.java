package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.report.ErrorMessages;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.sandbox.SandboxSample;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves the simulator of Intercom. */
@Command(
        name = "sandbox",
        description =
                "Serves the Intercom simulator with the sample's conversations, to try any Intercom script against.")
final class SandboxCommand extends OperatorCommand {
    /** The workspace that the simulator serves. */
    static final String APP_ID_CODE = "sandbox";

    /** About as long as a call to Intercom takes from a host nearby. */
    private static final Duration LATENCY = Duration.ofMillis(40);

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8080",
            description = "Default: ${DEFAULT-VALUE}; 0 for any.")
    private int port;

    /** Starts the simulator with the sample's faults and without its conversations; port 0 takes any port that is free. */
    static Sandbox start(int port) {
        return Sandbox.builder()
                .port(port)
                .appIdCode(APP_ID_CODE)
                .latency(LATENCY)
                .faults(SandboxSample.faults())
                .start();
    }

    @Override
    void checkArguments() {
        if (port < 0 || port > 65_535) {
            throw new ConfigurationProblem("--port is " + port + "; expected 0 to 65535");
        }
    }

    @Override
    ExitCode execute() throws InterruptedException {
        try (Sandbox sandbox = start(port)) {
            SandboxSample.fill(sandbox.workspace());
            terminal.line("The sandbox answers as Intercom's API at " + sandbox.url() + " (this machine only).");
            terminal.line("Token: " + Sandbox.TOKEN + ". It forgets everything when it ends: Ctrl-C.");
            new CountDownLatch(1).await();
        } catch (UncheckedIOException e) {
            throw new ConfigurationProblem("port " + port + " cannot be used: " + ErrorMessages.oneLine(e));
        }
        return ExitCode.DONE;
    }
}
