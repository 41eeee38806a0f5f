package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.preview.DryRunPlan;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/** Writes a {@link DryRunPlan} as CSV for a spreadsheet. */
final class DryRunCsv {
    /** The beginning of a cell that a spreadsheet would execute as a formula (OWASP, "CSV Injection"). */
    private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\\t\\r]");

    private DryRunCsv() {}

    /** Throws {@link ConfigurationProblem} if the file cannot be written. */
    static void write(DryRunPlan plan, Path file) {
        try (CsvWriter csv = CsvWriter.builder().build(file, StandardCharsets.UTF_8)) {
            csv.writeRecord("request_id", "duplicate", "parent", "survivor", "outcome", "reason");
            for (DryRunPlan.Line line : plan.lines()) {
                csv.writeRecord(
                        Long.toString(line.requestId()),
                        harmless(line.duplicate()),
                        harmless(line.parent()),
                        Objects.requireNonNullElse(line.survivor(), ""),
                        line.outcome().name(),
                        harmless(Objects.requireNonNullElse(line.reason(), "")));
            }
        } catch (IOException e) {
            throw new ConfigurationProblem("the plan cannot be written to " + file + " (" + e + ")");
        }
    }

    private static String harmless(String text) {
        return FORMULA.matcher(text).find() ? "'" + text : text;
    }
}
