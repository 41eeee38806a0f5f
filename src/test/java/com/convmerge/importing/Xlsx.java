package com.convmerge.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes .xlsx files, cell by cell as a spreadsheet program does. */
final class Xlsx {
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships";

    private static final String SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private static final String HIDDEN = "hidden:";

    private final List<String> names = new ArrayList<>();
    private final List<String> sheets = new ArrayList<>();
    private final List<String> relations = new ArrayList<>();
    private String types = "";
    private String texts = "";
    private String styles = "";

    /** Adds a sheet; a row is the XML of its cells, such as {@link #text} and {@link #number} make it. */
    Xlsx sheet(String name, String state, String... rows) {
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < rows.length; i++) {
            boolean isHidden = rows[i].startsWith(HIDDEN);
            String cells = rows[i].substring(isHidden ? HIDDEN.length() : 0);
            data.append("<row r=\"" + (i + 1) + "\"" + (isHidden ? " hidden=\"1\"" : "") + ">"
                    + cells.replace("ROW", String.valueOf(i + 1)) + "</row>");
        }
        names.add("<sheet name=\"" + name + "\" sheetId=\"" + (names.size() + 1) + "\" state=\"" + state
                + "\" r:id=\"rId" + (names.size() + 1) + "\"/>");
        sheets.add("<worksheet xmlns=\"" + MAIN + "\" xmlns:r=\"" + REL + "\"><sheetData>" + data
                + "</sheetData></worksheet>");
        relations.add("");
        return this;
    }

    /** Adds the texts that cells of type s name by their position. */
    Xlsx texts(String... shared) {
        types += "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"" + SPREADSHEET + "sharedStrings+xml\"/>";
        texts = "<sst xmlns=\"" + MAIN + "\"><si><t>" + String.join("</t></si><si><t>", shared) + "</t></si></sst>";
        return this;
    }

    /** Adds a style for each number of a format; cells name them by their position. */
    Xlsx styles(int... formats) {
        types += "<Override PartName=\"/xl/styles.xml\" ContentType=\"" + SPREADSHEET + "styles+xml\"/>";
        styles = "<styleSheet xmlns=\"" + MAIN + "\"><cellXfs>"
                + Arrays.stream(formats)
                        .mapToObj(format -> "<xf numFmtId=\"" + format + "\"/>")
                        .collect(Collectors.joining())
                + "</cellXfs></styleSheet>";
        return this;
    }

    /** A row that the spreadsheet program does not show. */
    static String hidden(String cells) {
        return HIDDEN + cells;
    }

    /** A cell with these attributes. */
    static String cell(String column, String attributes, String value) {
        return "<c r=\"" + column + "ROW\" " + attributes + "><v>" + value + "</v></c>";
    }

    /** Adds hyperlinks to the last sheet: each a cell and the address that it leads to. */
    Xlsx links(String... cellsAndAddresses) {
        StringBuilder links = new StringBuilder();
        StringBuilder targets = new StringBuilder();
        for (int i = 0; i < cellsAndAddresses.length; i += 2) {
            links.append("<hyperlink ref=\"" + cellsAndAddresses[i] + "\" r:id=\"rId" + i + "\"/>");
            targets.append("<Relationship Id=\"rId" + i + "\" Type=\"" + REL + "/hyperlink\" Target=\""
                    + cellsAndAddresses[i + 1] + "\" TargetMode=\"External\"/>");
        }
        int last = sheets.size() - 1;
        sheets.set(
                last, sheets.get(last).replace("</worksheet>", "<hyperlinks>" + links + "</hyperlinks></worksheet>"));
        relations.set(last, targets.toString());
        return this;
    }

    static String text(String column, String text) {
        return "<c r=\"" + column + "ROW\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    static String number(String column, String number) {
        return "<c r=\"" + column + "ROW\"><v>" + number + "</v></c>";
    }

    static String formula(String column, String formula, String type, String value) {
        return "<c r=\"" + column + "ROW\" t=\"" + type + "\"><f>" + formula + "</f><v>" + value + "</v></c>";
    }

    byte[] bytes() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(file)) {
            StringBuilder workbook = new StringBuilder();
            for (int i = 1; i <= sheets.size(); i++) {
                workbook.append("<Relationship Id=\"rId" + i + "\" Type=\"" + REL
                        + "/worksheet\" Target=\"worksheets/sheet" + i + ".xml\"/>");
                add(zip, "xl/worksheets/sheet" + i + ".xml", sheets.get(i - 1));
                if (!relations.get(i - 1).isEmpty()) {
                    add(zip, "xl/worksheets/_rels/sheet" + i + ".xml.rels", relationships(relations.get(i - 1)));
                }
            }
            add(
                    zip,
                    "[Content_Types].xml",
                    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\""
                            + " ContentType=\"" + SPREADSHEET + "sheet.main+xml\"/>" + types + "</Types>");
            if (!texts.isEmpty()) {
                add(zip, "xl/sharedStrings.xml", texts);
            }
            if (!styles.isEmpty()) {
                add(zip, "xl/styles.xml", styles);
            }
            add(
                    zip,
                    "_rels/.rels",
                    relationships("<Relationship Id=\"rId1\" Type=\"" + REL
                            + "/officeDocument\" Target=\"xl/workbook.xml\"/>"));
            add(
                    zip,
                    "xl/workbook.xml",
                    "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + REL + "\"><sheets>" + String.join("", names)
                            + "</sheets></workbook>");
            add(zip, "xl/_rels/workbook.xml.rels", relationships(workbook.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    private static String relationships(String all) {
        return "<Relationships xmlns=\"" + PACKAGE_REL + "\">" + all + "</Relationships>";
    }

    private static void add(ZipOutputStream zip, String name, String xml) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>" + xml).getBytes(UTF_8));
        zip.closeEntry();
    }
}
