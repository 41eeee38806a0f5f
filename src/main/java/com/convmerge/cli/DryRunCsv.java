package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.OneLine;
import com.convmerge.preview.DryRunPlan;
import com.convmerge.report.ErrorMessages;
import com.convmerge.report.OwnerOnly;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes what a dry run has found as CSV for a spreadsheet. The cells are what people wrote into the table or Intercom says, so none may
 * be executed when a colleague opens the file: the rules are OWASP's ("CSV Injection").
 */
final class DryRunCsv {
    /**
     * The beginning of a formula. Spreadsheets strip white space before they look, and take the wide forms of the characters for the
     * characters.
     */
    private static final Pattern FORMULA = Pattern.compile("^[\\s\\p{Z}]*[=+\\-@\\x{FF1D}\\x{FF0B}\\x{FF0D}\\x{FF20}]");

    /** In each line, the strategy included. */
    private static final int CELLS = 7;

    private DryRunCsv() {}

    /** Throws {@link ConfigurationProblem} if the file cannot be written. */
    static void write(DryRunPlan plan, Path file) {
        // Where all are closed and linked, the file is as it was before there was another way.
        int cells = plan.isFinalInPart() ? CELLS : CELLS - 1;
        write(
                List.of("request_id", "duplicate", "parent", "survivor", "outcome", "reason", "strategy")
                        .subList(0, cells),
                plan.lines().stream().map(line -> cells(line).subList(0, cells)),
                file);
    }

    /** The same of any lines. */
    static void write(List<String> titles, Stream<List<String>> lines, Path file) {
        try {
            OwnerOnly.makeFileIfMissing(file);
            // In quotes, because where a spreadsheet's separator is a semicolon, one in a text would begin a new cell.
            try (CsvWriter csv =
                    CsvWriter.builder().quoteStrategy(QuoteStrategies.NON_EMPTY).build(file, StandardCharsets.UTF_8)) {
                csv.writeRecord(titles);
                lines.forEach(line ->
                        csv.writeRecord(line.stream().map(DryRunCsv::harmless).toList()));
            }
        } catch (IOException | UncheckedIOException e) {
            throw new ConfigurationProblem(
                    "the plan cannot be written to " + file + " (" + ErrorMessages.oneLine(e) + ")");
        }
    }

    private static List<String> cells(DryRunPlan.Line line) {
        return Stream.of(
                        Long.toString(line.requestId()),
                        line.duplicate(),
                        line.parent(),
                        Objects.requireNonNullElse(line.survivor(), ""),
                        line.outcome().name(),
                        Objects.requireNonNullElse(line.reason(), ""),
                        line.strategy() == null ? "" : line.strategy().word())
                .toList();
    }

    /** Without line breaks and tabs, which can begin a formula too, and without what a terminal would obey. */
    private static String harmless(String text) {
        String cell = OneLine.exact(text.replaceAll("[\\s\\x{85}\\p{Zl}\\p{Zp}]", " "));
        return FORMULA.matcher(cell).find() ? "'" + cell : cell;
    }
}
