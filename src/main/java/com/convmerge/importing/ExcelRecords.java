package com.convmerge.importing;

import com.convmerge.merge.OneLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/** The rows of the first sheet of an .xlsx file that has a header; without one, of its first sheet. */
final class ExcelRecords implements Records {
    /** A spreadsheet keeps so many digits of a number, and writes zeros for the others. */
    private static final int DIGITS_KEPT = 15;

    private static final Pattern NUMBER =
            Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?(?:E[+-]?[0-9]+)?", Pattern.CASE_INSENSITIVE);

    private final Sheet sheet;
    private final List<Sheet> others;
    private final Map<String, String> links;
    private final Iterator<Row> rows;

    ExcelRecords(byte[] file, ColumnChoices choices) throws IOException {
        // The rows are read from the file in memory, so nothing needs to be closed.
        @SuppressWarnings("resource")
        ReadableWorkbook workbook =
                new ReadableWorkbook(new ByteArrayInputStream(file), new ReadingOptions(false, true));
        List<Sheet> sheets = workbook.getSheets()
                .filter(candidate -> candidate.getVisibility() == SheetVisibility.VISIBLE)
                .toList();
        Sheet found = null;
        for (Sheet candidate : sheets) {
            found = found == null && hasHeader(candidate, choices) ? candidate : found;
        }
        this.sheet = found == null ? workbook.getFirstSheet() : found;
        this.others = sheets.stream().filter(other -> !other.equals(sheet)).toList();
        this.links = ExcelLinks.of(file, sheet.getId());
        this.rows = sheet.openStream().iterator();
    }

    private static boolean hasHeader(Sheet sheet, ColumnChoices choices) throws IOException {
        Iterator<Row> rows = sheet.openStream().iterator();
        for (int i = 0; i < HeaderSearch.ROWS; i++) {
            FileRecord row = next(rows, Map.of());
            if (row == null || Columns.of(row.fields(), choices).isHeader()) {
                return row != null;
            }
        }
        return false;
    }

    @Override
    public @Nullable FileRecord next() {
        return next(rows, links);
    }

    private static @Nullable FileRecord next(Iterator<Row> rows, Map<String, String> links) {
        while (rows.hasNext()) {
            Row row = rows.next();
            List<String> fields = new ArrayList<>();
            Map<Integer, String> linked = new HashMap<>();
            for (int i = 0; i < row.getCellCount(); i++) {
                Cell cell = row.getCell(i);
                int position = i;
                fields.add(text(cell));
                link(cell, links).ifPresent(link -> linked.put(position, link));
            }
            FileRecord found = new FileRecord(row.getRowNum(), fields, linked);
            if (!found.isBlank()) {
                return found;
            }
        }
        return null;
    }

    private static String text(@Nullable Cell cell) {
        if (cell == null || cell.getType() == CellType.EMPTY) {
            return "";
        }
        String raw = Optional.ofNullable(cell.getType() == CellType.STRING ? cell.asString() : cell.getRawValue())
                .orElse("");
        return cell.getType() != CellType.STRING && NUMBER.matcher(raw).matches() ? number(new BigDecimal(raw)) : raw;
    }

    /** The conversation to which a cell links by a formula or by itself. */
    private static Optional<String> link(@Nullable Cell cell, Map<String, String> links) {
        if (cell == null) {
            return Optional.empty();
        }
        String target = cell.getFormula() == null
                ? links.get(cell.getAddress().toString())
                : SpreadsheetId.in("=" + cell.getFormula());
        return Optional.ofNullable(target)
                .filter(link -> ConversationLink.of(link).isPresent());
    }

    /** A number as it was typed; if it had more digits than are kept, in a form that cannot be taken for an id. */
    private static String number(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        boolean isWhole = plain.scale() <= 0;
        if (!isWhole || plain.precision() - plain.scale() <= DIGITS_KEPT) {
            return plain.toPlainString();
        }
        String digits = plain.unscaledValue().abs().toString();
        return (plain.signum() < 0 ? "-" : "") + digits.charAt(0) + "."
                + (digits.length() == 1 ? "0" : digits.substring(1)) + "E+" + (plain.precision() - plain.scale() - 1);
    }

    @Override
    public boolean endsWithLastValue() {
        return true;
    }

    @Override
    public String format() {
        String unread = others.stream()
                .map(other -> "\"" + OneLine.exact(other.getName(), 40) + "\"")
                .collect(Collectors.joining(", "));
        return "Excel (.xlsx), sheet \"" + OneLine.exact(sheet.getName(), 40) + "\""
                + (unread.isEmpty() ? "" : " (not read: " + unread + ")");
    }

    @Override
    public String tooManyFields() {
        return "give each column a title";
    }
}
