package com.convmerge.cli;

import static com.convmerge.cli.ExitCode.ANOTHER_RUN;
import static com.convmerge.cli.ExitCode.FAILED;
import static com.convmerge.cli.ExitCode.WRONG_USE;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.IntercomRefuses;
import com.convmerge.merge.OneLine;
import com.convmerge.merge.PossibleSecrets;
import com.convmerge.merge.Spelling;
import com.convmerge.report.ErrorMessages;
import com.convmerge.report.ReportNotWritten;
import com.convmerge.run.RunRefused;
import java.nio.charset.MalformedInputException;
import java.nio.file.InvalidPathException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.json.JsonParseException;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The exit code and the line that a command prints when it cannot do its work. */
record ErrorReport(ExitCode exitCode, String message) {
    /** What makes a command print the stack trace of the fault that ended it. */
    static final String SHOW_STACK_TRACE =
            "--logging.level.com.convmerge=info --logging.exception-conversion-word=%wEx";

    /** H2's code for a database file that another program has open ("DATABASE_ALREADY_OPEN_1"). */
    private static final int H2_IN_USE = 90020;

    /** These fail for a URL that is malformed, or that belongs to a database without a driver in the program. */
    private static final Set<@Nullable String> DATABASE_BEANS = Set.of("dataSource", "flyway", "flywayInitializer");

    /** The first rule that applies to the exception or to one of its causes decides. */
    private static final List<Rule<?>> RULES = List.of(
            new Rule<>(RunRefused.class, ErrorReport::refused),
            new Rule<>(ConfigurationProblem.class, e -> wrongUse(e.getMessage())),
            new Rule<>(IntercomRefuses.class, ErrorReport::intercom),
            new Rule<>(ReportNotWritten.class, e -> wrongUse(e.getMessage())),
            new Rule<>(BindException.class, e -> wrongUse(unreadable(e))),
            new Rule<>(ConfigDataException.class, ErrorReport::unreadableFile),
            new Rule<>(MarkedYAMLException.class, ErrorReport::faultyFile),
            new Rule<>(YAMLException.class, ErrorReport::unreadableFile),
            new Rule<>(JsonParseException.class, e -> wrongUse("SPRING_APPLICATION_JSON is no JSON; nothing was done")),
            new Rule<>(
                    MalformedInputException.class,
                    e -> wrongUse("the settings' file cannot be read: it is not UTF-8; save application.yml as UTF-8")),
            new Rule<>(InvalidPathException.class, ErrorReport::unreadableName),
            new Rule<>(IllegalStateException.class, ErrorReport::unusableLog),
            new Rule<>(SQLException.class, ErrorReport::database),
            new Rule<>(FlywayException.class, ErrorReport::schema),
            new Rule<>(OutOfMemoryError.class, e -> new ErrorReport(FAILED, ErrorMessages.oneLine(e))),
            new Rule<>(BeanCreationException.class, ErrorReport::databaseBean));

    /** What is reported about causes of a type; null leaves a cause to the other rules. */
    private record Rule<E extends Throwable>(Class<E> type, Function<E, @Nullable ErrorReport> report) {
        Stream<ErrorReport> apply(Throwable cause) {
            return type.isInstance(cause) ? Stream.ofNullable(report.apply(type.cast(cause))) : Stream.empty();
        }
    }

    ErrorReport {
        message = OneLine.of(PossibleSecrets.hideCredentials(message));
    }

    static ErrorReport about(Throwable e) {
        return RULES.stream()
                .flatMap(rule -> ErrorMessages.causes(e).flatMap(rule::apply))
                .findFirst()
                .orElseGet(() -> new ErrorReport(
                        FAILED,
                        "a fault of convmerge's own: " + e
                                + "; please report it with the stack trace that the same command" + " prints with: "
                                + SHOW_STACK_TRACE));
    }

    /** Also tells what was most likely meant, and where the help of the command is. */
    static ErrorReport aboutArguments(ParameterException e) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        return wrongUse(PossibleSecrets.hideIn(String.valueOf(e.getMessage())) + meant(e, command) + "; see: "
                + command.qualifiedName() + " --help");
    }

    private static String meant(ParameterException e, CommandSpec command) {
        if (!(e instanceof UnmatchedArgumentException unknown)
                || unknown.getUnmatched().isEmpty()) {
            return "";
        }
        String typed = unknown.getUnmatched().get(0).replaceFirst("=.*", "");
        String option = typed.replaceFirst("^-{1,2}", "--");
        return (typed.startsWith("-")
                        ? Spelling.closest(option, command.optionsMap().keySet())
                        : Spelling.closest(typed, command.subcommands().keySet()))
                .map(known -> "; did you mean " + known + "?")
                .orElse("");
    }

    /** Spring Boot's only sign of a log that cannot be set up is the beginning of its message. */
    private static @Nullable ErrorReport unusableLog(IllegalStateException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith("Logback configuration error detected")
                ? wrongUse("the log cannot be set up: "
                        + message.lines().skip(1).findFirst().orElse("").strip()
                        + "; check the settings that begin with logging")
                : null;
    }

    private static ErrorReport refused(RunRefused e) {
        return new ErrorReport(e.isAnotherUnderWay() ? ANOTHER_RUN : WRONG_USE, String.valueOf(e.getMessage()));
    }

    private static ErrorReport intercom(IntercomRefuses e) {
        return new ErrorReport(e.isConfiguration() ? WRONG_USE : FAILED, e.getMessage() + ". Nothing was done");
    }

    private static ErrorReport database(SQLException e) {
        if (e.getErrorCode() != H2_IN_USE) {
            return unusableDatabase(ErrorMessages.oneLine(e).replaceFirst("^the database does not work: ", ""));
        }
        return new ErrorReport(
                ANOTHER_RUN,
                "the embedded database is in use by "
                        + EmbeddedDatabase.holderPid(String.valueOf(e.getMessage()))
                                .map(pid -> "pid " + pid)
                                .orElse("another program")
                        + ", and only one program at a time can open it; nothing was done. Wait for it"
                        + EmbeddedDatabase.holderPid(String.valueOf(e.getMessage()))
                                .map(pid -> ", or stop it with: kill " + pid)
                                .orElse("")
                        + ". With PostgreSQL every command works beside a run");
    }

    private static ErrorReport schema(FlywayException e) {
        return wrongUse("the database's schema cannot be brought up to date: " + ErrorMessages.oneLine(e));
    }

    private static @Nullable ErrorReport databaseBean(BeanCreationException e) {
        return DATABASE_BEANS.contains(e.getBeanName()) ? unusableDatabase(ErrorMessages.oneLine(e)) : null;
    }

    private static ErrorReport unusableDatabase(String reason) {
        return wrongUse("the database cannot be used: " + reason
                + ". Check SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD, and that the"
                + " database is up");
    }

    private static ErrorReport unreadableFile(Throwable e) {
        return wrongUse("the settings' file cannot be read: " + e.getMessage());
    }

    /** Without the lines of the file, which the exception's message quotes: one of them may hold the token. */
    private static ErrorReport faultyFile(MarkedYAMLException e) {
        Mark where = e.getProblemMark();
        return wrongUse("the settings' file cannot be read: " + e.getProblem()
                + (where == null ? "" : " in line " + (where.getLine() + 1) + ", column " + (where.getColumn() + 1)));
    }

    /** In the locale C, as cron and systemd start programs, Java reads no name with an umlaut. */
    private static ErrorReport unreadableName(InvalidPathException e) {
        return wrongUse("the name of a file or folder cannot be read (" + e.getReason()
                + "); if it has letters that are not ASCII, set LC_ALL=C.UTF-8; nothing was done");
    }

    private static ErrorReport wrongUse(@Nullable String message) {
        return new ErrorReport(WRONG_USE, String.valueOf(message));
    }

    private static String unreadable(BindException e) {
        if (e.getCause() instanceof UnboundConfigurationPropertiesException unknown) {
            return unknown.getUnboundProperties().stream()
                    .map(property -> String.valueOf(property.getValue()).isEmpty()
                            ? "the setting " + property.getName() + " is empty"
                            : "there is no setting "
                                    + PossibleSecrets.hideIn(property.getName().toString()) + ": check its spelling")
                    .sorted()
                    .collect(Collectors.joining("; "));
        }
        return UnreadableSetting.describe(e);
    }
}
