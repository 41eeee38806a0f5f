package com.convmerge.importing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What is wrong with a file that is being imported. */
final class ImportErrors {
    /** How many are shown; the rest is counted. */
    static final int LISTED = 20;

    /** With so many errors the file is not read further: they are probably one mistake that is repeated in each line. */
    static final int ENOUGH = 1_000;

    private final List<ImportError> errors = new ArrayList<>();

    /** @param line in the file, from 1 */
    void add(long line, String what) {
        errors.add(new ImportError(line, what));
    }

    boolean any() {
        return !errors.isEmpty();
    }

    boolean areEnough() {
        return errors.size() >= ENOUGH;
    }

    /**
     * What to throw for the file called {@code name}.
     *
     * @param understood how the file was read, which may be the mistake; empty if that is not known
     */
    FaultyImport of(String name, String understood) {
        // They are found in another order, because the table is asked about a thousand rows at a time.
        errors.sort(Comparator.comparingLong(ImportError::line));
        List<String> lines = new ArrayList<>();
        errors.stream()
                .limit(LISTED)
                .map(error -> "line " + error.line() + ": " + error.what())
                .forEach(lines::add);
        if (errors.size() > LISTED) {
            lines.add("and " + (errors.size() - LISTED) + " more");
        }
        if (!understood.isEmpty()) {
            lines.add(understood);
        }
        String count = errors.size() == 1 ? "1 fault" : String.format(Locale.ROOT, "%,d faults", errors.size());
        String unread = areEnough() ? ", and what follows was not read" : "";
        return new FaultyImport(name + " has " + count + unread + "; nothing was added", lines);
    }

    private record ImportError(long line, String what) {}
}
