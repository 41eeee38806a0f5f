package com.convmerge.cli;

import com.convmerge.run.LastResort;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParseResult;

/** The program's command line: it parses the arguments, runs a command and turns every error into one line and an exit code. */
@Command(
        name = "convmerge",
        description = "Merges duplicate Intercom conversations in bulk: note, tag and close, from a database table.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            HelpCommand.class,
            RunCommand.class,
            RestartCommand.class,
            StopCommand.class,
            StatusCommand.class,
            ImportCommand.class,
            RetriesCommand.class,
            UndoCommand.class,
            ReportCommand.class,
            SandboxCommand.class,
            CompletionCommand.class
        },
        footer = {
            "",
            "Settings are Spring Boot's: in the environment (INTERCOM_ACCESS_TOKEN, SPRING_DATASOURCE_URL, ...), in an"
                    + " application.yml, or behind the command (--convmerge.tag=duplicate).",
            "",
            "Exit codes: 0 all merged; 1 the run failed, restart it; 2 wrong usage or configuration; 3 some requests were"
                    + " rejected, failed or wait; 4 stopped before the end; 5 another run is under way."
        })
final class Commands extends OperatorCommand {
    private static final Logger log = LoggerFactory.getLogger(Commands.class);

    /**
     * What a command finds around it.
     *
     * @param lastResort ends the program if a run does not end in order
     * @param isToldToEnd whether the program is being ended from outside
     * @param directory the working directory
     */
    record Surroundings(LastResort lastResort, BooleanSupplier isToldToEnd, Path directory) {}

    /**
     * Runs the command in {@code args} and returns its exit code. Each error that a user can cause is printed as one line.
     *
     * @param lastResort ends the program if a run does not end in order
     */
    static int execute(Terminal terminal, LastResort lastResort, String... args) {
        return execute(terminal, new Surroundings(lastResort, () -> false, Path.of(".")), args);
    }

    /** The same with what is around the command. */
    static int execute(Terminal terminal, Surroundings around, String... args) {
        Arguments arguments = Arguments.of(args);
        CommandLine commands = new CommandLine(new Commands());
        prepare(commands, terminal, new ContextFactory(arguments, around.lastResort(), around.directory()));
        Values.readBy(commands);
        commands.setOut(new PrintWriter(terminal.screenOut(), true, StandardCharsets.UTF_8));
        commands.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        commands.setParameterExceptionHandler((e, given) -> print(ErrorReport.aboutArguments(e), terminal));
        commands.setExecutionExceptionHandler((e, command, parsed) -> report(e, terminal, around));
        try {
            int code = commands.execute(arguments.forCommand().toArray(String[]::new));
            return code == ExitCode.DONE.code() ? codeOfHelp(commands, terminal) : code;
        } catch (Error e) {
            // Picocli passes exceptions to its handler, but no errors.
            return report(e, terminal, around);
        }
    }

    /** Picocli prints the help and the version, and does not look whether somebody could read them. */
    private static int codeOfHelp(CommandLine commands, Terminal terminal) {
        ParseResult parsed = commands.getParseResult();
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        boolean isHelp = parsed.isUsageHelpRequested()
                || parsed.isVersionHelpRequested()
                || parsed.commandSpec().helpCommand();
        if (isHelp && terminal.screenOut().checkError()) {
            return print(new ErrorReport(ExitCode.FAILED, NOT_PRINTED), terminal);
        }
        return ExitCode.DONE.code();
    }

    /** With {@link ErrorReport#SHOW_STACK_TRACE} it also prints where a fault came from. */
    private static int report(Throwable e, Terminal terminal, Surroundings around) {
        if (around.isToldToEnd().getAsBoolean()) {
            // What was closed under the command only shows that.
            return print(
                    new ErrorReport(
                            ExitCode.STOPPED, "the program was told to end (SIGTERM or Ctrl-C) before it was done"),
                    terminal);
        }
        ErrorReport report = ErrorReport.about(e);
        if (report.exitCode() == ExitCode.FAILED) {
            log.info("what ended the command", e);
        }
        return print(report, terminal);
    }

    private static int print(ErrorReport report, Terminal terminal) {
        terminal.message(report.message());
        return report.exitCode().code();
    }

    @Override
    ExitCode execute() {
        throw missingCommand("run, restart, stop, status, import, retries, undo, report, sandbox or completion");
    }
}
