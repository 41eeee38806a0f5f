package com.convmerge.apply;

import com.convmerge.merge.MergeRequest;
import java.util.List;
import java.util.function.Supplier;

/** The merges that a note on a survivor lists. Which these are is written down in the transaction in which the note is claimed. */
final class SurvivorNoteMerges {
    private final Supplier<List<MergeRequest>> source;
    private volatile List<MergeRequest> listed;
    private volatile boolean areGone;

    /**
     * @param source writes down which merges the note lists, and returns them; asked again, it returns the same
     * @param listed those that are written down already
     */
    SurvivorNoteMerges(Supplier<List<MergeRequest>> source, List<MergeRequest> listed) {
        this.source = source;
        this.listed = listed;
    }

    /** Writes them down; false if there are none left. */
    boolean assign() {
        listed = source.get();
        areGone = listed.isEmpty();
        return !areGone;
    }

    /** Whether none were left when they were to be written down. */
    boolean areGone() {
        return areGone;
    }

    /** Those that are written down. */
    List<MergeRequest> listed() {
        return listed;
    }
}
