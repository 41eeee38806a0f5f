package com.convmerge.importing;

import java.util.List;

/**
 * What an import did.
 *
 * @param added requests that are new in the table
 * @param alreadyThere rows whose request was in the table before, or further up in the file
 * @param ignoredColumns columns of the file that mean nothing here, in their order
 */
public record ImportResult(long added, long alreadyThere, List<String> ignoredColumns) {}
