package com.convmerge.cli;

import com.convmerge.batch.ErrorMessages;
import com.convmerge.batch.RunRefused;
import com.convmerge.merge.ConfigurationProblem;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.core.NestedExceptionUtils;
import org.yaml.snakeyaml.error.YAMLException;

/** What a command says, and how it ends, when something kept it from its work. */
record ErrorReport(ExitCode exitCode, String message) {
    /** H2's code for a database file that another program has open ("DATABASE_ALREADY_OPEN_1"). */
    private static final int H2_IN_USE = 90020;

    private static final Set<@Nullable String> DATABASE_BEANS = Set.of("dataSource", "flyway", "flywayInitializer");

    ErrorReport {
        message = oneLine(message);
    }

    static ErrorReport about(Throwable e) {
        Optional<RunRefused> refused = cause(e, RunRefused.class);
        if (refused.isPresent()) {
            return new ErrorReport(
                    refused.get().isAnotherUnderWay() ? ExitCode.ANOTHER_RUN : ExitCode.WRONG_USE,
                    String.valueOf(refused.get().getMessage()));
        }
        Optional<ConfigurationProblem> problem = cause(e, ConfigurationProblem.class);
        if (problem.isPresent()) {
            return new ErrorReport(
                    ExitCode.WRONG_USE, String.valueOf(problem.get().getMessage()));
        }
        Optional<BindException> unreadable = cause(e, BindException.class);
        if (unreadable.isPresent()) {
            return new ErrorReport(ExitCode.WRONG_USE, unreadable(unreadable.get()));
        }
        Optional<ConfigDataException> file = cause(e, ConfigDataException.class);
        if (file.isPresent() || cause(e, YAMLException.class).isPresent()) {
            return new ErrorReport(ExitCode.WRONG_USE, "the settings' file cannot be read: " + e.getMessage());
        }
        Optional<SQLException> database = cause(e, SQLException.class);
        if (database.isPresent()) {
            return aboutDatabase(database.get());
        }
        if (cause(e, FlywayException.class).isPresent()) {
            return new ErrorReport(
                    ExitCode.WRONG_USE,
                    "the database's schema cannot be brought up to date: " + ErrorMessages.oneLine(e));
        }
        if (cause(e, OutOfMemoryError.class).isPresent()) {
            return new ErrorReport(ExitCode.FAILED, ErrorMessages.oneLine(e));
        }
        if (isFromDatabaseBeans(e)) {
            return unusable(ErrorMessages.oneLine(e));
        }
        return new ErrorReport(
                ExitCode.FAILED,
                "a fault of convmerge's own: " + e + "; please report it with the output of: --logging.level.root=info"
                        + " --logging.exception-conversion-word=%wEx");
    }

    private static ErrorReport aboutDatabase(SQLException e) {
        String message = ErrorMessages.oneLine(e).replaceFirst("^the database does not work: ", "");
        if (e.getErrorCode() == H2_IN_USE) {
            return new ErrorReport(
                    ExitCode.ANOTHER_RUN,
                    "the embedded database is in use by " + EmbeddedDatabase.holder(String.valueOf(e.getMessage()))
                            + ", and only one program at a time can open it; nothing was done. Wait for it, or stop it with:"
                            + " kill PID. With PostgreSQL every command works beside a run");
        }
        return unusable(message);
    }

    /** A URL that is none, or of a database that we have no driver for, keeps these from being made. */
    private static boolean isFromDatabaseBeans(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BeanCreationException creation && DATABASE_BEANS.contains(creation.getBeanName())) {
                return true;
            }
        }
        return false;
    }

    private static ErrorReport unusable(String message) {
        return new ErrorReport(
                ExitCode.WRONG_USE,
                "the database cannot be used: " + message
                        + ". Check SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and"
                        + " SPRING_DATASOURCE_PASSWORD, and that the database is up");
    }

    private static String unreadable(BindException e) {
        if (e.getCause() instanceof UnboundConfigurationPropertiesException unknown) {
            return unknown.getUnboundProperties().stream()
                    .map(property -> "there is no setting " + property.getName() + ": check its spelling")
                    .sorted()
                    .collect(Collectors.joining("; "));
        }
        String property = e.getName().toString();
        String why = String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage());
        return "the setting " + property + " cannot be read: "
                + why.lines().findFirst().orElse("");
    }

    /** Folds line breaks, which arguments and causes may bring along. */
    static String oneLine(String message) {
        return message.strip().replaceAll("\\s*[\\r\\n]\\s*", " ");
    }

    private static <T extends Throwable> Optional<T> cause(Throwable e, Class<T> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
