package com.convmerge.cli;

import com.convmerge.importing.FaultyImport;
import com.convmerge.importing.FileImport;
import com.convmerge.importing.ImportHistory;
import com.convmerge.importing.ImportHistory.Undone;
import com.convmerge.importing.ImportOptions;
import com.convmerge.importing.ImportResult;
import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.ImportEntry;
import com.convmerge.report.JsonText;
import com.convmerge.run.RunLease;
import com.convmerge.run.RunRefused;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "With a header line: parent,duplicate and, if you like, reason,requested_by,external_ref,strategy, in any order;"
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

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Option(
            names = "--undo",
            paramLabel = "N",
            description = "Takes import N back: deletes its requests, but those that are merged or begun.")
    private @Nullable Long undo;

    @Mixin
    private SandboxOption sandbox = new SandboxOption();

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
        options = ImportOptions.of(columns, encoding);
        if (file == null && !options.equals(ImportOptions.NONE)) {
            throw new ConfigurationProblem("--column and --encoding go with a file only");
        }
    }

    @Override
    ExitCode execute() {
        contexts = sandbox.of(contexts);
        String given = file;
        return given == null ? onTables() : GivenFile.read(given, in -> importFrom(in, GivenFile.name(given)));
    }

    private ExitCode importFrom(InputStream in, String name) {
        try (ConfigurableApplicationContext context = contexts.openTables()) {
            FileImport files = context.getBean(FileImport.class);
            ImportResult result = sandbox.given
                    ? files.importIntoSandbox(in, name, options, SandboxCommand.APP_ID_CODE)
                    : files.importFrom(in, name, options);
            if (json) {
                JsonText.write(ImportJson.Made.of(name, result), terminal.out());
            } else {
                ImportList.describe(result).forEach(terminal::line);
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
        if (json) {
            JsonText.write(ImportJson.TakenBack.of(importId, undone), terminal.out());
        } else {
            terminal.line(ImportList.describe(importId, undone));
        }
        return undone.merged() + undone.begun() == 0 ? ExitCode.DONE : ExitCode.SOME_LEFT;
    }
}
