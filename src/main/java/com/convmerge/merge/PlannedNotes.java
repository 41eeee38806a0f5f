package com.convmerge.merge;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How much a run may write: said before the first note. It writes less where notes are there already, or a conversation refuses
 * one.
 *
 * @param duplicates conversations that would get a note, a tag and be closed
 * @param parents conversations into which these go
 * @param parentNotes notes on those; 0 if the settings ask for none
 * @param untoldParents conversations that an earlier run has merged something into without telling them
 */
public record PlannedNotes(long duplicates, long parents, long parentNotes, long untoldParents) {
    /**
     * The same as the operator has asked for it.
     *
     * @param notifyParents whether parents get notes
     * @param limit how many requests the run applies at most, nobody knows yet which; null for all
     */
    public PlannedNotes as(boolean notifyParents, @Nullable Long limit) {
        long most = limit == null ? Long.MAX_VALUE : limit;
        return new PlannedNotes(
                Math.min(duplicates, most),
                Math.min(parents, most),
                notifyParents ? Math.min(parentNotes, most) : 0,
                untoldParents);
    }

    /** Whether nothing is to be written. */
    public boolean isNone() {
        return duplicates == 0 && untoldParents == 0;
    }

    /** How many notes on how many conversations, as a phrase that follows "writes". */
    public String describe() {
        String untold = untoldParents == 0
                ? ""
                : "notes on " + count(untoldParents, "parent") + " about what earlier runs have merged into "
                        + (untoldParents == 1 ? "it" : "them");
        if (duplicates == 0) {
            return untold;
        }
        String told = parentNotes == 0
                ? "none on the " + count(parents, "parent") + ", as convmerge.notify-parents asks for none"
                : count(parentNotes, "note") + " on the " + count(parents, "parent") + " that "
                        + (duplicates == 1 ? "it goes into" : "they go into");
        return "at most " + count(duplicates, "note") + " on " + count(duplicates, "duplicate") + ", and " + told
                + (untold.isEmpty() ? "" : "; and " + untold);
    }

    private static String count(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }
}
