package com.convmerge.importing;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of a file, one after the other, in whatever format it is. */
interface Records {
    /** The next row that is not blank; null at the end. */
    @Nullable
    FileRecord next() throws IOException;

    /** In which format the file is, as far as it was read. */
    String format();

    /** Whether a row ends with its last value, and has no fields for the columns behind it. */
    boolean endsWithLastValue();

    /** Why all values of a row are in one field, and what to do; follows the number of the line. */
    String allInOne();

    /** Why the file has one column only, and what to do; follows the number of the line. */
    String oneColumn();

    /** Whether a row that was read is not shown by the program that the file is from. */
    default boolean isHidden(long line) {
        return false;
    }

    /** What to do about a row with more fields than the header. */
    String tooManyFields();
}
