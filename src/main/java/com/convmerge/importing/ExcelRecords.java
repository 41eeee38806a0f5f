package com.convmerge.importing;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.OneLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/** The rows of the first visible sheet of an .xlsx file that has a header; without one, of its first visible sheet. */
final class ExcelRecords implements Records {
    private static final String NOTHING_ADDED = "; nothing was added";

    private final String name;
    private final Map<String, ExcelSheet> sheetsById;
    private final ExcelSheet facts;
    private final Sheet sheet;
    private final List<Sheet> others;
    private final Iterator<Row> rows;
    private long lastRow;

    /** @param name of the file, for messages */
    ExcelRecords(byte[] file, String name, ColumnChoices choices) throws IOException {
        this.name = name;
        ExcelParts parts = new ExcelParts(file);
        Map<String, String> partsById = parts.sheets();
        long sharedTexts = parts.sharedTexts();
        this.sheetsById = new HashMap<>();
        for (Map.Entry<String, String> part : partsById.entrySet()) {
            sheetsById.put(part.getKey(), ExcelSheet.read(parts, part.getValue(), sharedTexts));
        }
        boolean isReadable = sheetsById.values().stream().noneMatch(ExcelSheet::hasOtherTypes);
        List<Sheet> sheets = open(isReadable ? file : ExcelTexts.in(file, partsById.values()), parts.haveStyles())
                .getSheets()
                .toList();
        checkTexts(sheets);
        List<Sheet> visible = sheets.stream()
                .filter(candidate -> candidate.getVisibility() == SheetVisibility.VISIBLE)
                .toList();
        this.sheet = choose(sheets, visible, choices);
        this.facts = facts(sheet);
        this.others = visible.stream().filter(other -> !other.equals(sheet)).toList();
        this.rows = sheet.openStream().iterator();
    }

    /** The rows are read from the file in memory, so nothing needs to be closed. */
    @SuppressWarnings("resource")
    private static ReadableWorkbook open(byte[] file, boolean withStyles) throws IOException {
        if (withStyles) {
            try {
                return new ReadableWorkbook(new ByteArrayInputStream(file), new ReadingOptions(true, true));
            } catch (IOException | RuntimeException e) {
                // Styles only say which numbers are dates, so the file is worth another try without them.
                return open(file, false);
            }
        }
        return new ReadableWorkbook(new ByteArrayInputStream(file), new ReadingOptions(false, true));
    }

    /** The library takes a text that it does not find for an empty one. */
    private void checkTexts(List<Sheet> sheets) {
        for (Sheet each : sheets) {
            int row = facts(each).rowWithoutText();
            if (row > 0) {
                throw new ConfigurationProblem(name + " is damaged: it does not have the text of a cell in row " + row
                        + " of the sheet \"" + shown(each) + "\"" + FileFormat.WAY_OUT + NOTHING_ADDED);
            }
        }
    }

    /** The first visible sheet with a header, or with what may be one; a hidden one is never read without a word. */
    private Sheet choose(List<Sheet> sheets, List<Sheet> visible, ColumnChoices choices) throws IOException {
        Map<Sheet, Long> likeness = new LinkedHashMap<>();
        for (Sheet candidate : sheets) {
            likeness.put(candidate, likeness(candidate, choices));
        }
        Optional<Sheet> shown = first(likeness, visible, HeaderSearch.IS_HEADER).or(() -> first(likeness, visible, 1));
        if (shown.isPresent()) {
            return shown.get();
        }
        first(likeness, sheets, HeaderSearch.IS_HEADER).ifPresent(hidden -> {
            throw new ConfigurationProblem("the sheet \"" + shown(hidden) + "\" of " + name
                    + " is hidden, and no other one has a header with parent and duplicate; if it is meant, unhide it in"
                    + " the spreadsheet program, save the file, and import that" + NOTHING_ADDED);
        });
        if (visible.isEmpty()) {
            throw new ConfigurationProblem(
                    "all sheets of " + name + " are hidden" + FileFormat.WAY_OUT + NOTHING_ADDED);
        }
        return visible.get(0);
    }

    private static Optional<Sheet> first(Map<Sheet, Long> likeness, List<Sheet> among, long least) {
        return among.stream()
                .filter(candidate -> likeness.getOrDefault(candidate, 0L) >= least)
                .findFirst();
    }

    private long likeness(Sheet candidate, ColumnChoices choices) throws IOException {
        Iterator<Row> first = candidate.openStream().iterator();
        long most = 0;
        for (int i = 0; i < HeaderSearch.ROWS && most < HeaderSearch.IS_HEADER; i++) {
            FileRecord row = next(first, facts(candidate));
            if (row == null) {
                break;
            }
            most = Math.max(most, HeaderSearch.likeness(row, choices));
        }
        return most;
    }

    private ExcelSheet facts(Sheet of) {
        return sheetsById.getOrDefault(of.getId(), ExcelSheet.UNKNOWN);
    }

    @Override
    public @Nullable FileRecord next() {
        try {
            FileRecord row = next(rows, facts);
            lastRow = row == null ? lastRow : row.line();
            return row;
        } catch (RuntimeException e) {
            // The library throws whatever the Java library throws for what it did not expect.
            throw new ConfigurationProblem(name + " cannot be read beyond row " + lastRow + " of the sheet \""
                    + shown(sheet) + "\": what follows is damaged, or of a kind that is not known here"
                    + FileFormat.WAY_OUT
                    + NOTHING_ADDED);
        }
    }

    private static @Nullable FileRecord next(Iterator<Row> rows, ExcelSheet facts) {
        while (rows.hasNext()) {
            Row row = rows.next();
            List<String> fields = new ArrayList<>();
            Map<Integer, String> linked = new HashMap<>();
            for (int i = 0; i < row.getCellCount(); i++) {
                Cell cell = row.getCell(i);
                int position = i;
                fields.add(ExcelCell.text(cell));
                ExcelCell.link(cell, facts).ifPresent(link -> linked.put(position, link));
            }
            FileRecord found = new FileRecord(row.getRowNum(), fields, linked);
            if (!found.isBlank()) {
                return found;
            }
        }
        return null;
    }

    @Override
    public boolean endsWithLastValue() {
        return true;
    }

    @Override
    public boolean isHidden(long line) {
        return facts.isHidden(line);
    }

    @Override
    public String format() {
        String unread = others.stream().map(other -> "\"" + shown(other) + "\"").collect(Collectors.joining(", "));
        return "Excel (.xlsx), sheet \"" + shown(sheet) + "\""
                + (unread.isEmpty() ? "" : " (not read: " + unread + ")");
    }

    private static String shown(Sheet sheet) {
        return OneLine.exact(sheet.getName(), 40);
    }

    @Override
    public String allInOne() {
        return "has all values in one cell; split them into columns in the spreadsheet program (Data, Text to Columns)";
    }

    @Override
    public String oneColumn() {
        return "is in a sheet of one column";
    }

    @Override
    public String tooManyFields() {
        return "give each column a title";
    }
}
