package com.convmerge.cli;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** All commands, and the one way in which each of them ends. */
@Command(
        name = "convmerge",
        description = "Merges duplicate Intercom conversations in bulk: note, tag and close, from a database table.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = HelpCommand.class,
        footer = {
            "",
            "Settings are Spring Boot's: in the environment (INTERCOM_ACCESS_TOKEN, SPRING_DATASOURCE_URL, ...), in an"
                    + " application.yml, or behind the command (--convmerge.tag=duplicate).",
            "",
            "Exit codes: 0 all merged; 1 the run failed, restart it; 2 wrong usage or configuration; 3 some requests were"
                    + " rejected, failed or wait; 4 stopped before the end; 5 another run is under way."
        })
final class Commands implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private Commands() {}

    /** Runs the command in {@code args}; returns its exit code. Prints one line for whatever a user can bring about. */
    static int execute(Terminal terminal, String... args) {
        Settings settings = Settings.of(args);
        ContextFactory contexts = new ContextFactory(settings);
        CommandLine commands = new CommandLine(new Commands());
        commands.addSubcommand(new RunCommand(terminal, contexts))
                .addSubcommand(new RestartCommand(terminal, contexts))
                .addSubcommand(new StopCommand(terminal, contexts))
                .addSubcommand(new StatusCommand(terminal, contexts))
                .addSubcommand(new ImportCommand(terminal, contexts))
                .addSubcommand(RetriesCommand.withCommands(terminal, contexts))
                .addSubcommand(new ReportCommand(terminal, contexts))
                .addSubcommand(new SandboxCommand(terminal));
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.registerConverter(LocalTime.class, Commands::timeOfDay);
        tellVersion(commands);
        commands.setOut(terminal.outWriter());
        commands.setErr(terminal.errWriter());
        commands.setParameterExceptionHandler((e, arguments) -> {
            terminal.err()
                    .println("convmerge: " + ErrorReport.oneLine(String.valueOf(e.getMessage())) + "; see: "
                            + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return ExitCode.WRONG_USE.code();
        });
        commands.setExecutionExceptionHandler((e, command, parsed) -> complain(e, terminal));
        try {
            return commands.execute(settings.forCommand().toArray(String[]::new));
        } catch (OutOfMemoryError e) {
            // Picocli hands over exceptions only.
            return complain(e, terminal);
        }
    }

    private static int complain(Throwable e, Terminal terminal) {
        ErrorReport complaint = ErrorReport.about(e);
        terminal.err().println("convmerge: " + complaint.message());
        return complaint.exitCode().code();
    }

    /** Has each command know {@code --version}, too. */
    private static void tellVersion(CommandLine command) {
        command.getCommandSpec().versionProvider(new Version());
        command.getSubcommands().values().forEach(Commands::tellVersion);
    }

    private static LocalTime timeOfDay(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("expected a time of day such as 06:00 but was '" + text + "'");
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which command? run, restart, stop, status, import, retries, report or sandbox");
    }

    /** The version from the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Commands.class.getPackage().getImplementationVersion();
            return new String[] {"convmerge " + (version == null ? "(not packaged)" : version)};
        }
    }
}
