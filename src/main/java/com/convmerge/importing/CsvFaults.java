package com.convmerge.importing;

import com.convmerge.merge.OneLine;
import de.siegmar.fastcsv.reader.CsvParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in an operator's words why a text is no CSV, and what to do; the library only says what it did not expect. */
final class CsvFaults {
    private static final Pattern LINE = Pattern.compile("(?:starting at |\\()line (\\d+)");
    private static final Pattern BEHIND_QUOTE = Pattern.compile("after closing quote: '(.)'", Pattern.DOTALL);

    private static final String IN_PAIRS =
            "a double quote within a value is written twice, and the whole value gets one"
                    + " before it and one behind it, as in \"say \"\"yes\"\"\"";

    private CsvFaults() {}

    /**
     * What is wrong with the row at which the library stopped.
     *
     * @param lastLine where the last good row began, if the library does not say a line
     * @param linesBefore lines that the library has not seen
     */
    static UnreadableRow of(CsvParseException e, long lastLine, long linesBefore) {
        String message = String.valueOf(e.getMessage());
        Matcher line = LINE.matcher(message);
        return new UnreadableRow(line.find() ? Long.parseLong(line.group(1)) + linesBefore : lastLine, what(message));
    }

    private static String what(String message) {
        Matcher behind = BEHIND_QUOTE.matcher(message);
        if (behind.find()) {
            return "has double quotes that are not in pairs: behind a closing one stands "
                    + OneLine.exact(behind.group(1)) + "; " + IN_PAIRS;
        }
        if (message.startsWith("Unclosed quoted field")) {
            return "has a double quote that is never closed, so that all the rest of the file would be one value; remove"
                    + " or close it: " + IN_PAIRS;
        }
        if (message.contains("maximum buffer size") || message.contains("exceeds the max")) {
            return String.format(
                    "has a value of more than %,d characters; most likely a double quote in it is never closed: remove or"
                            + " close it",
                    CsvRecords.LONGEST_FIELD);
        }
        if (message.contains("maximum limit")) {
            return "has too many values; most likely this is no table of requests";
        }
        return "cannot be read as CSV; open the file in a spreadsheet program, and save it as CSV or .xlsx";
    }
}
