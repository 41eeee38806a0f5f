package com.convmerge.cli;

import com.convmerge.importing.FaultyImport;
import com.convmerge.importing.FileImport;
import com.convmerge.importing.ImportHistory;
import com.convmerge.importing.ImportHistory.Undone;
import com.convmerge.importing.ImportOptions;
import com.convmerge.importing.ImportResult;
import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.ImportEntry;
import com.convmerge.merge.PossibleSecrets;
import com.convmerge.report.JsonText;
import com.convmerge.run.RunLease;
import com.convmerge.run.RunRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds the merge requests of a file, lists the imports, and takes one back. */
@Command(
        name = "import",
        description =
                "Adds merge requests from a spreadsheet (.xlsx or CSV): all of them or, if anything in it is faulty, none."
                        + " What the table has already is not added again: known by external_ref or, without one, by parent and"
                        + " duplicate. Needs no token.")
@SuppressWarnings("NullAway.Init")
final class ImportCommand extends OperatorCommand {
    private static final String STANDARD_INPUT = "-";

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "With a header line: parent,duplicate and, if you like, reason,requested_by,external_ref, in any order;"
                            + " parent and duplicate are conversations' ids or links to them in the inbox. Format, encoding"
                            + " and separator are found out. - for standard input.")
    private @Nullable String file;

    @Option(
            names = "--column",
            paramLabel = "NAME=TITLE",
            description = "Which column is meant, such as parent='Main ticket'; or ignore='Main ticket' if none is."
                    + " May be given several times.")
    private List<String> columns = new ArrayList<>();

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "The encoding of a text file, such as windows-1252, if it is not found out rightly.")
    private @Nullable String encoding;

    @Option(names = "--list", description = "Lists the imports, the newest first, and where their requests stand.")
    private boolean list;

    @Option(names = "--json", description = "The list as JSON, for programs.")
    private boolean json;

    @Option(
            names = "--undo",
            paramLabel = "N",
            description = "Takes import N back: deletes its requests, but those that are merged or begun.")
    private @Nullable Long undo;

    private ImportOptions options = ImportOptions.NONE;

    @Override
    void checkArguments() {
        long given = Stream.of(file != null, list, undo != null)
                .filter(Boolean::booleanValue)
                .count();
        if (given != 1) {
            throw new ParameterException(
                    spec.commandLine(), "what is to be imported? Give one of FILE, --list and --undo N");
        }
        if (json && !list) {
            throw new ConfigurationProblem("--json goes with --list only");
        }
        options = ImportOptions.of(columns, encoding);
        if (file == null && !options.equals(ImportOptions.NONE)) {
            throw new ConfigurationProblem("--column and --encoding go with a file only");
        }
    }

    @Override
    boolean onlyAnswers() {
        return list;
    }

    @Override
    ExitCode execute() {
        String path = file;
        return path == null
                ? onTables()
                : path.equals(STANDARD_INPUT) ? importFrom(System.in, "standard input") : importFrom(path);
    }

    private ExitCode importFrom(String given) {
        Path path = path(given);
        if (Files.isDirectory(path)) {
            throw new ConfigurationProblem(shown(given) + " is a directory; expected a file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return importFrom(in, given);
        } catch (NoSuchFileException e) {
            throw new ConfigurationProblem("there is no file " + shown(given));
        } catch (AccessDeniedException e) {
            throw new ConfigurationProblem(shown(given) + " cannot be read: access denied");
        } catch (IOException e) {
            throw new ConfigurationProblem(
                    shown(given) + " cannot be read: " + PossibleSecrets.hideIn(String.valueOf(e.getMessage())));
        }
    }

    private static Path path(String given) {
        try {
            return Path.of(given);
        } catch (InvalidPathException e) {
            throw new ConfigurationProblem(shown(given) + " is no name of a file: " + e.getReason());
        }
    }

    private static String shown(String given) {
        return PossibleSecrets.hideIn(given);
    }

    private ExitCode importFrom(InputStream in, String name) {
        try (ConfigurableApplicationContext context = contexts.openTables()) {
            ImportResult result = context.getBean(FileImport.class).importFrom(in, name, options);
            terminal.line(result.understood());
            terminal.line("Import " + result.importId() + ": added " + result.added()
                    + (result.added() == 1 ? " request; " : " requests; ") + result.alreadyThere()
                    + (result.alreadyThere() == 1 ? " was" : " were") + " there already.");
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

    private ExitCode onTables() {
        try (ConfigurableApplicationContext context = contexts.openTables()) {
            ImportHistory history = context.getBean(ImportHistory.class);
            if (!list) {
                return undo(history, context.getBean(RunLease.class), Objects.requireNonNull(undo));
            }
            List<ImportEntry> entries = history.all();
            if (json) {
                JsonText.write(entries, terminal.out());
            } else {
                terminal.out().print(ImportList.of(entries, context));
            }
            return ExitCode.DONE;
        }
    }

    private ExitCode undo(ImportHistory history, RunLease lease, long importId) {
        Undone undone = history.takeBack(importId, () -> lease.underWay().ifPresent(run -> {
            throw RunRefused.anotherIsUnderWay(run.worker());
        }));
        terminal.line(ImportList.describe(importId, undone));
        return undone.merged() + undone.begun() == 0 ? ExitCode.DONE : ExitCode.SOME_LEFT;
    }
}
