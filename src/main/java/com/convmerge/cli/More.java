package com.convmerge.cli;

import java.util.Locale;
import java.util.Optional;

/** The last line of a list that does not show all there is: how much more, and how to see it. */
final class More {
    private More() {}

    /** Empty if {@code shown} is all. */
    static Optional<String> than(int shown, long total) {
        return than(shown, total, "--limit " + total);
    }

    /** The same with another way to see the rest. */
    static Optional<String> than(int shown, long total, String way) {
        return total <= shown
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT, "... and %,d more: %s", total - shown, way));
    }
}
