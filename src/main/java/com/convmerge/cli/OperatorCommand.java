package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands have in common: {@code --help}, {@code --version}, where they print, and that they end with an exit code. */
@Command(mixinStandardHelpOptions = true, versionProvider = OperatorCommand.Version.class)
@SuppressWarnings("NullAway.Init")
abstract class OperatorCommand implements Callable<Integer> {
    /** Said when stdout took no more. */
    static final String NOT_PRINTED = "the answer could not be printed in full (is the disk full, or has its reader"
            + " ended?); what the command did is done";

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print the answer, warnings and errors, and nothing else: no progress.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Log what is done, to stderr or to the log file.")
    private boolean verbose;

    Terminal terminal;
    ContextFactory contexts;

    /** Gives a command and its subcommands, which picocli creates, the terminal and the contexts. */
    static void prepare(CommandLine line, Terminal terminal, ContextFactory contexts) {
        if ((Object) line.getCommand() instanceof OperatorCommand command) {
            command.terminal = terminal;
            command.contexts = contexts;
        }
        line.getSubcommands().values().forEach(subcommand -> prepare(subcommand, terminal, contexts));
    }

    /** Throws {@link com.convmerge.merge.ConfigurationProblem} for arguments that cannot be used; nothing has been opened yet. */
    void checkArguments() {}

    abstract ExitCode execute() throws Exception;

    /** Whether the exit code says how a run ended, which stands also when its summary could not be printed. */
    boolean isRun() {
        return false;
    }

    @Override
    public final Integer call() throws Exception {
        setVolume();
        checkArguments();
        ExitCode code = execute();
        if (terminal.out().checkError()) {
            terminal.message(NOT_PRINTED);
            // Whoever reads the answer, or waits for it, must not take what is missing for all that there is.
            return (code == ExitCode.DONE && !isRun() ? ExitCode.FAILED : code).code();
        }
        return code.code();
    }

    private void setVolume() {
        if (quiet && verbose) {
            throw new ConfigurationProblem("--quiet goes without --verbose");
        }
        if (quiet) {
            terminal = terminal.quiet();
            contexts = contexts.withDefault(ContextFactory.LOG_LEVEL, "warn")
                    .withDefault(ContextFactory.LOG_LEVEL + ".batch.FirstWrite", "warn");
        }
        if (verbose) {
            contexts = contexts.withDefault(ContextFactory.LOG_LEVEL, "debug");
        }
    }

    /** How picocli sees this command. */
    final CommandSpec spec() {
        return spec;
    }

    /** Refuses a command that only groups others. */
    final ParameterException missingCommand(String expected) {
        return new ParameterException(spec.commandLine(), "which command? " + expected);
    }

    /** Reads the version from the manifest of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = OperatorCommand.class.getPackage().getImplementationVersion();
            return new String[] {"convmerge " + (version == null ? "(not packaged)" : version)};
        }
    }
}
