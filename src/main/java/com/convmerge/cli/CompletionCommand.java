package com.convmerge.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;

/** Prints what makes a shell complete the commands and their options. */
@Command(name = "completion", description = "Prints the completion for bash and zsh: source <(convmerge completion)")
@SuppressWarnings("NullAway.Init")
final class CompletionCommand extends OperatorCommand {
    @ParentCommand
    private Commands commands;

    @Override
    ExitCode execute() {
        CommandSpec program = commands.spec();
        terminal.out().print(AutoComplete.bash(program.name(), program.commandLine()));
        return ExitCode.DONE;
    }
}
