package com.convmerge.importing;

import com.convmerge.merge.ConfigurationProblem;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** In which format a file is: its content says it, because names are often wrong and standard input has none. */
final class FileFormat {
    private static final int LOOKED_AT = 512;
    private static final String ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet";

    /** What to do about a file that cannot be read. */
    static final String WAY_OUT = "; in the spreadsheet program, save it as .xlsx or as CSV, and import that";

    /** How files begin that are no table of text, and what they are. */
    private static final Map<String, String> OTHERS = Map.of(
            "\u00d0\u00cf\u0011\u00e0", "an old Excel file (.xls), or one with a password",
            "%PDF", "a PDF",
            "{\\rtf", "a text document (RTF)",
            "\u001f\u008b", "compressed (gzip)",
            "<html", "a web page (HTML), also if its name ends in .xls",
            "<!doctype", "a web page (HTML), also if its name ends in .xls",
            "<table", "a web page (HTML), also if its name ends in .xls",
            "<?xml", "XML");

    private static final Pattern JSON = Pattern.compile("\\{\\s*[\"}].*|\\[\\s*[\\[{\"\\]].*", Pattern.DOTALL);

    private FileFormat() {}

    /**
     * Opens a file in whatever format it is; throws {@link ConfigurationProblem} for one that cannot be read.
     *
     * @param name of the file, for messages
     */
    static Records open(InputStream file, String name, ImportOptions options) throws IOException {
        BufferedInputStream in = new BufferedInputStream(file);
        in.mark(LOOKED_AT);
        String start = new String(in.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1);
        in.reset();
        if (start.startsWith("PK\u0003\u0004")) {
            return excel(in.readAllBytes(), name, options);
        }
        // UTF-16 has a zero beside each of these characters.
        String text = start.replace("\0", "")
                .replaceFirst("^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)", "")
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        if (JSON.matcher(text).matches()) {
            throw new ConfigurationProblem(
                    name
                            + " is JSON; make a CSV or .xlsx file of it, with the columns parent and duplicate, and import that");
        }
        for (Map.Entry<String, String> other : OTHERS.entrySet()) {
            if (start.startsWith(other.getKey()) || text.startsWith(other.getKey())) {
                throw new ConfigurationProblem(name + " is " + other.getValue() + WAY_OUT);
            }
        }
        return new CsvRecords(in, options);
    }

    private static Records excel(byte[] file, String name, ImportOptions options) {
        try {
            notExcel(file).ifPresent(what -> {
                throw new ConfigurationProblem(name + " is " + what + WAY_OUT);
            });
            return new ExcelRecords(file, name, options.columns());
        } catch (ConfigurationProblem e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The library throws whatever the Java library throws for what it did not expect.
            throw new ConfigurationProblem(name + " is a damaged .xlsx file or none at all" + WAY_OUT);
        }
    }

    /** What an archive is that is no .xlsx file. */
    private static Optional<String> notExcel(byte[] file) throws IOException {
        Map<String, String> entries = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                boolean isType = entry.getName().equals("mimetype");
                entries.put(
                        entry.getName(),
                        isType ? new String(zip.readNBytes(LOOKED_AT), StandardCharsets.US_ASCII) : "");
            }
        }
        if (entries.containsKey("xl/workbook.xml")) {
            return Optional.empty();
        }
        String type = entries.getOrDefault("mimetype", "");
        return Optional.of(
                type.startsWith(ODS_TYPE)
                        ? "an OpenDocument spreadsheet (.ods)"
                        : entries.containsKey("xl/workbook.bin")
                                ? "a binary Excel file (.xlsb)"
                                : "an archive (ZIP) and no .xlsx file");
    }
}
