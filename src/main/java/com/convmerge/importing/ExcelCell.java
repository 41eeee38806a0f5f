package com.convmerge.importing;

import com.convmerge.merge.ConversationId;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.jspecify.annotations.Nullable;

/** What stands in a cell of a sheet. */
final class ExcelCell {
    private static final Pattern NUMBER =
            Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?(?:E[+-]?[0-9]{1,3})?", Pattern.CASE_INSENSITIVE);

    /** What a format shows as it stands: texts in quotes, conditions and colours, and the character behind some signs. */
    private static final Pattern LITERAL = Pattern.compile("\"[^\"]*\"|\\[[^]]*]|[\\\\_*].", Pattern.DOTALL);

    private static final Pattern OF_A_DATE = Pattern.compile("[ydmhs]", Pattern.CASE_INSENSITIVE);

    /** Days since 1900 up to the year 9999. */
    private static final BigDecimal LAST_DAY = new BigDecimal(2_958_466);

    private ExcelCell() {}

    /** As it would be typed: numbers with all their digits, dates as in 2026-11-24. */
    static String text(@Nullable Cell cell) {
        if (cell == null || cell.getType() == CellType.EMPTY) {
            return "";
        }
        String raw = Optional.ofNullable(cell.getType() == CellType.STRING ? cell.asString() : cell.getRawValue())
                .orElse("");
        if (cell.getType() == CellType.STRING || !NUMBER.matcher(raw).matches()) {
            return raw;
        }
        BigDecimal number = new BigDecimal(raw);
        return isDate(cell, number) ? date(cell.asDate()) : number(number);
    }

    /** A date is a number that is shown in another form. */
    private static boolean isDate(Cell cell, BigDecimal number) {
        Integer id = cell.getDataFormatId();
        if (id == null || number.signum() <= 0 || number.compareTo(LAST_DAY) >= 0) {
            return false;
        }
        String format = cell.getDataFormatString();
        return format == null
                ? (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
                : OF_A_DATE.matcher(LITERAL.matcher(format).replaceAll("")).find();
    }

    private static String date(LocalDateTime date) {
        return date.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? date.toLocalDate().toString()
                : date.toString();
    }

    /** A number as it was typed; if it had more digits than are kept, in a form that cannot be taken for an id. */
    private static String number(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        boolean isWhole = plain.scale() <= 0;
        if (!isWhole || plain.precision() - plain.scale() <= SpreadsheetId.DIGITS_KEPT) {
            return plain.toPlainString();
        }
        String digits = plain.unscaledValue().abs().toString();
        return (plain.signum() < 0 ? "-" : "") + digits.charAt(0) + "."
                + (digits.length() == 1 ? "0" : digits.substring(1)) + "E+" + (plain.precision() - plain.scale() - 1);
    }

    /** The conversation to which a cell links by a formula or by itself. */
    static Optional<String> link(@Nullable Cell cell, ExcelSheet sheet) {
        if (cell == null) {
            return Optional.empty();
        }
        Optional<String> byFormula =
                Optional.ofNullable(cell.getFormula()).map(formula -> SpreadsheetId.in("=" + formula));
        return byFormula.filter(ExcelCell::isConversation).or(() -> sheet.link(cell.getAddress())
                .filter(ExcelCell::isConversation));
    }

    private static boolean isConversation(String link) {
        return ConversationLink.of(link)
                .filter(to -> ConversationId.fault(to.id()).isEmpty())
                .isPresent();
    }
}
