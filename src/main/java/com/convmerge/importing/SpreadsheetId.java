package com.convmerge.importing;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.OneLine;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a conversation's id, or the link to it, as it stands in a cell: web pages and spreadsheets leave all kinds of things beside
 * what is copied. They are taken away where no id and no link can contain them, and nowhere else.
 */
final class SpreadsheetId {
    /** A spreadsheet keeps so many digits of a number, and writes zeros for the others. */
    static final int DIGITS_KEPT = 15;

    /** What to do about a number of more digits. */
    static final String CUT_WAY_OUT =
            "the spreadsheet has cut the number; paste the link to the conversation instead, or"
                    + " copy the id again into a column that is formatted as text";

    private static final Pattern LOOKS_LIKE_NOTHING = Pattern.compile("^[\\s\\p{Z}\\p{Cf}]+|[\\s\\p{Z}\\p{Cf}]+$");
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");

    /** An apostrophe makes a cell text, {@code ="…"} does so in a CSV file, and e-mails put links into {@code <…>}. */
    private static final Pattern WRAPPED = Pattern.compile(
            "=?\\s*\"([^\"]*)\"|<([^<>]*)>|['‘’´`]+([^'‘’´`]*)['‘’´`]*|=\\s*([0-9]+)"
                    + "|=\\s*HYPERLINK\\s*\\(\\s*\"([^\"]*)\"\\s*(?:[,;].*|\\)\\s*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** In groups of three, or with nothing behind the point. Up to 15 digits a spreadsheet keeps all of them. */
    private static final Pattern GROUPED =
            Pattern.compile("[0-9]{1,3}([.,' \\u00a0\\u2009\\u202f’])[0-9]{3}(?:\\1[0-9]{3})+");

    private static final Pattern WHOLE = Pattern.compile("([0-9]{4,15})[.,]0{1,2}");

    private static final Pattern CUT =
            Pattern.compile("[+-]?[0-9]+(?:[.,][0-9]+)?E[+-]?[0-9]+|#{2,}", Pattern.CASE_INSENSITIVE);

    /** What programs write into a cell that has no value. */
    private static final Pattern NO_VALUE =
            Pattern.compile("nan|nat|none|null|nil|na|n/a|undefined", Pattern.CASE_INSENSITIVE);

    private static final Pattern ERROR = Pattern.compile("#\\p{Lu}[\\p{Lu}0-9/_]*[!?]?");

    private static final int LAYERS = 5;

    private SpreadsheetId() {}

    /** A text without any character at its ends that looks like nothing: a non-breaking space, a zero-width one, a byte order mark. */
    static String bare(String text) {
        return LOOKS_LIKE_NOTHING.matcher(text).replaceAll("");
    }

    /** The id or the link that is in a cell; whatever else is in it stays as it is. */
    static String in(String cell) {
        String text = bare(INVISIBLE.matcher(cell).replaceAll(""));
        for (int layer = 0; layer < LAYERS; layer++) {
            Matcher wrapped = WRAPPED.matcher(text);
            if (!wrapped.matches()) {
                break;
            }
            String inner = "";
            for (int group = 1; group <= wrapped.groupCount(); group++) {
                inner = wrapped.group(group) == null ? inner : wrapped.group(group);
            }
            text = bare(inner);
        }
        if (GROUPED.matcher(text).matches()) {
            return text.replaceAll("[^0-9]", "");
        }
        Matcher whole = WHOLE.matcher(text);
        return whole.matches() ? whole.group(1) : text;
    }

    /** Why a cell has no conversation in it, as a phrase that follows the name of the column; empty if it has one. */
    static Optional<String> fault(String id) {
        if (CUT.matcher(id).matches()) {
            return Optional.of("is \"" + OneLine.exact(id, 40) + "\": " + CUT_WAY_OUT);
        }
        if (NO_VALUE.matcher(id).matches()) {
            return Optional.of("is \"" + OneLine.exact(id)
                    + "\", which programs write for an empty cell; fill in the conversation, or remove the row");
        }
        if (ERROR.matcher(id).matches()) {
            return Optional.of("is \"" + OneLine.exact(id, 40)
                    + "\", an error of the spreadsheet's; mend the cell, or paste the link to the conversation");
        }
        return ConversationLink.fault(id).or(() -> ConversationId.fault(id));
    }
}
