package com.convmerge.importing;

import java.util.List;

/**
 * What an import did.
 *
 * @param importId its number
 * @param added requests that are new in the table
 * @param alreadyThere rows whose request was in the table before, or further up in the file
 * @param hiddenRows rows among them that the spreadsheet program does not show
 * @param understood in one line, how the file was read
 * @param ignoredColumns columns of the file that mean nothing here, in their order
 */
public record ImportResult(
        long importId,
        long added,
        long alreadyThere,
        long hiddenRows,
        String understood,
        List<String> ignoredColumns) {}
