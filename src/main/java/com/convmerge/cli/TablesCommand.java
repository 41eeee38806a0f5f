package com.convmerge.cli;

import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Mixin;

/** A command that reads or changes the tables. It needs no token. */
abstract class TablesCommand extends OperatorCommand {
    @Mixin
    private SandboxOption sandbox = new SandboxOption();

    /** Commands on the tables on which this one works. */
    final Hints hints() {
        return new Hints(sandbox.given);
    }

    abstract ExitCode execute(ConfigurableApplicationContext context) throws Exception;

    @Override
    final ExitCode execute() throws Exception {
        try (ConfigurableApplicationContext context = sandbox.of(contexts).openTables()) {
            return execute(context);
        }
    }
}
