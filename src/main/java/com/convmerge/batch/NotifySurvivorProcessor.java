package com.convmerge.batch;

import com.convmerge.apply.SurvivorNoteApplier;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKey;
import com.convmerge.requests.SurvivorNotes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells one survivor what was merged into it. The merges stand as they are, whether it can be told or not. */
final class NotifySurvivorProcessor extends CancellableItemProcessor<SurvivorNote, SurvivorNote> {
    /** Links in one note; the rest goes into further notes. */
    static final int LINKS_IN_A_NOTE = 100;

    private static final Logger log = LoggerFactory.getLogger(NotifySurvivorProcessor.class);

    private final SurvivorNotes parentNotes;
    private final SurvivorNoteApplier applier;
    private final RunContext context;

    NotifySurvivorProcessor(
            StepParts parts, SurvivorNotes parentNotes, SurvivorNoteApplier applier, RunContext context) {
        super(parts);
        this.parentNotes = parentNotes;
        this.applier = applier;
        this.context = context;
    }

    /** After the deadline survivors are still told of the merges that were made. */
    @Override
    boolean mustNotBegin(RunCancellation pulled) {
        return pulled.endsAll();
    }

    @Override
    @Nullable
    SurvivorNote apply(SurvivorNote note) {
        if (note.begun() != null) {
            return write(note.begun(), note.survivor(), List.of()) ? note : null;
        }
        List<Long> merges = note.merges();
        for (int from = 0; from < merges.size(); from += LINKS_IN_A_NOTE) {
            OperationKey key =
                    OperationKey.ofParentNote(note.survivor(), context.executionId(), from / LINKS_IN_A_NOTE + 1);
            List<Long> some = merges.subList(from, Math.min(from + LINKS_IN_A_NOTE, merges.size()));
            if (!write(key, note.survivor(), some)) {
                return null;
            }
        }
        return note;
    }

    private boolean write(OperationKey key, ConversationId survivor, List<Long> merges) {
        Optional<Failure> failure = applier.apply(
                key,
                survivor,
                () -> parentNotes.assign(key, merges),
                () -> parentNotes.toldBy(key),
                context.workspace(),
                context.executionId());
        if (failure.isEmpty()) {
            return true;
        }
        if (failure.get().kind() == FailureKind.STOPS_THE_RUN) {
            stopRun(failure.get());
        } else {
            log.warn(
                    "survivor {}: its note {}: {}; the merges stand, {}",
                    survivor,
                    failure.get().kind().label(),
                    failure.get().describe(),
                    failure.get().kind().isPassing() ? "the next run tries the note again" : "it gets no note");
        }
        return false;
    }
}
