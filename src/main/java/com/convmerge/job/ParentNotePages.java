package com.convmerge.job;

import com.convmerge.intake.ParentNotes;
import com.convmerge.ledger.Ledger;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** First the notes that an earlier run began, then the survivors that no note tells of yet. */
final class ParentNotePages implements Function<@Nullable ParentNote, List<ParentNote>> {
    private final Ledger ledger;
    private final ParentNotes parentNotes;
    private final int pageSize;

    ParentNotePages(Ledger ledger, ParentNotes parentNotes, int pageSize) {
        this.ledger = ledger;
        this.parentNotes = parentNotes;
        this.pageSize = pageSize;
    }

    @Override
    public List<ParentNote> apply(@Nullable ParentNote last) {
        if (last == null) {
            List<ParentNote> begun = ledger.unsettledParentNotes().stream()
                    .map(entry -> new ParentNote(entry.conversation(), entry.key()))
                    .toList();
            if (!begun.isEmpty()) {
                return begun;
            }
        }
        String after =
                last == null || last.begun() != null ? "" : last.survivor().value();
        return parentNotes.survivorsToTell(after, pageSize).stream()
                .map(survivor -> new ParentNote(survivor, null))
                .toList();
    }
}
