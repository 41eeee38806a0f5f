package com.convmerge.cli;

import com.convmerge.batch.Plan;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/** A {@link Plan} as a file for a spreadsheet. */
final class PlanCsv {
    /** What a spreadsheet would take for a formula (OWASP, "CSV Injection"). */
    private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\\t\\r]");

    private PlanCsv() {}

    static void write(Plan plan, Path file) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(file, StandardCharsets.UTF_8)) {
            csv.writeRecord("request_id", "duplicate", "parent", "survivor", "outcome", "reason");
            for (Plan.Line line : plan.lines()) {
                csv.writeRecord(
                        Long.toString(line.requestId()),
                        harmless(line.duplicate()),
                        harmless(line.parent()),
                        Objects.requireNonNullElse(line.survivor(), ""),
                        line.outcome().name(),
                        harmless(Objects.requireNonNullElse(line.reason(), "")));
            }
        }
    }

    private static String harmless(String text) {
        return FORMULA.matcher(text).find() ? "'" + text : text;
    }
}
