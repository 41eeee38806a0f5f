package com.convmerge.cli;

import picocli.CommandLine.Option;

/** Whether a command works on what a run on the sandbox has left behind, instead of the real tables. */
final class SandboxOption {
    @Option(
            names = "--sandbox",
            description = "On the sandbox's own database and reports (./data/sandbox), whatever is configured.")
    boolean given;

    /** Where the command opens its tables. */
    ContextFactory of(ContextFactory contexts) {
        return given ? contexts.onSandbox() : contexts;
    }
}
