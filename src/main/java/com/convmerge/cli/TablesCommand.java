package com.convmerge.cli;

import org.springframework.context.ConfigurableApplicationContext;

/** A command that reads or changes the tables. It needs no token. */
abstract class TablesCommand extends OperatorCommand {
    abstract ExitCode execute(ConfigurableApplicationContext context) throws Exception;

    @Override
    final ExitCode execute() throws Exception {
        try (ConfigurableApplicationContext context = contexts.openTables()) {
            return execute(context);
        }
    }
}
