package com.convmerge.requests;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What is wrong with a file that is being imported. */
final class ImportErrors {
    /** How many are shown; the rest is counted. */
    static final int LISTED = 20;

    /** Whoever has so many has one mistake made a thousand times: the file is not read on. */
    static final int ENOUGH = 1_000;

    private final List<Fault> faults = new ArrayList<>();

    /** @param line in the file, from 1 */
    void add(long line, String what) {
        faults.add(new Fault(line, what));
    }

    boolean any() {
        return !faults.isEmpty();
    }

    boolean areEnough() {
        return faults.size() >= ENOUGH;
    }

    /** What to throw for the file called {@code name}. */
    FaultyImport of(String name) {
        // They are found in another order: what the table knows of a row is asked for a thousand rows at a time.
        faults.sort(Comparator.comparingLong(Fault::line));
        List<String> lines = new ArrayList<>();
        faults.stream()
                .limit(LISTED)
                .map(fault -> "line " + fault.line() + ": " + fault.what())
                .forEach(lines::add);
        if (faults.size() > LISTED) {
            lines.add("and " + (faults.size() - LISTED) + " more");
        }
        String count = faults.size() == 1 ? "1 fault" : String.format(Locale.ROOT, "%,d faults", faults.size());
        String unread = areEnough() ? ", and what follows was not read" : "";
        return new FaultyImport(name + " has " + count + unread + "; nothing was added", lines);
    }

    private record Fault(long line, String what) {}
}
