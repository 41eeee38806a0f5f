package com.convmerge.importing;

import java.util.List;
import java.util.Map;

/**
 * A row of a file as it stands there.
 *
 * @param line where it begins in the file, from 1
 * @param links the conversations to which fields link that may show any text, by their positions
 */
record FileRecord(long line, List<String> fields, Map<Integer, String> links) {
    FileRecord(long line, List<String> fields) {
        this(line, fields, Map.of());
    }

    boolean isBlank() {
        return fields.stream().allMatch(field -> SpreadsheetId.bare(field).isEmpty());
    }

    /** Whether all values of the row are in one field, with a separator between them. */
    boolean isAllInOne() {
        return fields.size() == 1
                && CsvRecords.SEPARATORS.stream()
                        .anyMatch(separator -> fields.get(0).indexOf(separator) >= 0);
    }

    /** Whether two of the fields are conversations, so that it is no title and no header. */
    boolean looksLikeData() {
        return fields.stream()
                        .map(SpreadsheetId::in)
                        .filter(field -> !field.isEmpty()
                                && SpreadsheetId.fault(ConversationLink.idIn(field))
                                        .isEmpty())
                        .limit(2)
                        .count()
                == 2;
    }
}
