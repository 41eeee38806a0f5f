package com.convmerge.cli;

import com.convmerge.sandbox.Sandbox;
import com.convmerge.sandbox.SandboxSample;
import java.time.Duration;

/** The simulator as the commands use it. */
final class SandboxServer {
    /** The workspace that it plays. */
    static final String APP_ID_CODE = "sandbox";

    /** About what a call to Intercom takes from nearby. */
    private static final Duration LATENCY = Duration.ofMillis(40);

    private SandboxServer() {}

    /** Starts it with the sample's conversations and faults; {@code port} 0 takes any that is free. */
    static Sandbox withSample(int port) {
        Sandbox sandbox = Sandbox.builder()
                .port(port)
                .appIdCode(APP_ID_CODE)
                .latency(LATENCY)
                .faults(SandboxSample.faults())
                .start();
        SandboxSample.fill(sandbox.workspace());
        return sandbox;
    }
}
