package com.convmerge.importing;

import java.util.Locale;

/** The columns of a file that mean something. */
enum Column {
    PARENT,
    DUPLICATE,
    REASON,
    REQUESTED_BY,
    EXTERNAL_REF,
    STRATEGY;

    /** As it stands in the header. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
