package com.convmerge.cli;

import com.convmerge.importing.CsvImport;
import com.convmerge.importing.FaultyImport;
import com.convmerge.importing.ImportResult;
import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.PossibleSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Adds the merge requests of a CSV file. */
@Command(
        name = "import",
        description = "Adds merge requests from a CSV file: all of them or, if anything in it is faulty, none. What the"
                + " table has already is not added again: known by external_ref or, without one, by parent and"
                + " duplicate. Needs no token.")
final class ImportCommand extends OperatorCommand {
    private static final String STANDARD_INPUT = "-";

    @Parameters(
            paramLabel = "FILE.csv",
            description =
                    "UTF-8, with a header line: parent,duplicate and, if you like, reason,requested_by,external_ref,"
                            + " in any order; parent and duplicate are conversations' ids or links to them in the inbox."
                            + " - for standard input.")
    private String file = "";

    @Override
    ExitCode execute() {
        if (file.equals(STANDARD_INPUT)) {
            return importFrom(System.in, "standard input");
        }
        Path path = path();
        if (Files.isDirectory(path)) {
            throw new ConfigurationProblem(shown() + " is a directory; expected a CSV file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return importFrom(in, file);
        } catch (NoSuchFileException e) {
            throw new ConfigurationProblem("there is no file " + shown());
        } catch (AccessDeniedException e) {
            throw new ConfigurationProblem(shown() + " cannot be read: access denied");
        } catch (IOException e) {
            throw new ConfigurationProblem(
                    shown() + " cannot be read: " + PossibleSecrets.hideIn(String.valueOf(e.getMessage())));
        }
    }

    private Path path() {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new ConfigurationProblem(shown() + " is no name of a file: " + e.getReason());
        }
    }

    private String shown() {
        return PossibleSecrets.hideIn(file);
    }

    private ExitCode importFrom(InputStream in, String name) {
        try (ConfigurableApplicationContext context = contexts.openTables()) {
            ImportResult result = context.getBean(CsvImport.class).importFrom(in, name);
            terminal.line("Added " + result.added() + (result.added() == 1 ? " request; " : " requests; ")
                    + result.alreadyThere() + (result.alreadyThere() == 1 ? " was" : " were")
                    + " there already.");
            if (!result.ignoredColumns().isEmpty()) {
                terminal.line("Ignored columns: " + String.join(", ", result.ignoredColumns()) + ".");
            }
            return ExitCode.DONE;
        } catch (FaultyImport e) {
            terminal.message(String.valueOf(e.getMessage()));
            e.lines().forEach(terminal::remark);
            return ExitCode.WRONG_USE;
        }
    }
}
