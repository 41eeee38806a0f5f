package com.convmerge.apply;

import com.convmerge.intercom.Conversation;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.ledger.LedgerState;
import com.convmerge.merge.OneLine;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.ShownTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an undo makes of a duplicate: as it was before the merge, but only if the merge has closed it and nobody has acted on it since. */
public sealed interface Restoration {
    /** It is opened. */
    record Open() implements Restoration {}

    /** It is snoozed until the same time as before. */
    record Snooze(Instant until) implements Restoration {}

    /** It is left as it is. */
    record Leave(String why) implements Restoration {}

    /** What a workflow of Intercom's may change in the state of a conversation; whatever else it does is no answer to the merge. */
    Set<String> CHANGES_OF_STATE =
            Set.of("open", "close", "snoozed", "unsnoozed", "timer_unsnooze", "assign_and_reopen", "note_and_reopen");

    /** How far Intercom's clock may be from ours. */
    Duration CLOCKS_APART = Duration.ofMinutes(5);

    /**
     * Decides from what the ledger knows of a request, and from what its duplicate shows now.
     *
     * @param adminId in whose name the undo is made; the merge may have been made in another one, which its note shows
     */
    static Restoration of(List<LedgerEntry> begun, Conversation seen, String adminId, Instant now) {
        Optional<LedgerEntry> close = entry(begun, OperationKind.CLOSE);
        if (close.filter(entry -> entry.state() == LedgerState.DONE).isEmpty()) {
            return new Leave("it was closed before the merge, and stays closed");
        }
        if (!seen.isClosed()) {
            return new Leave("it is " + OneLine.of(seen.state()) + " already: somebody has opened it since the merge");
        }
        Optional<LedgerEntry> note = entry(begun, OperationKind.NOTE);
        int ours = ourClose(seen.parts(), note.map(LedgerEntry::remoteId).orElse(null), close.get(), adminId);
        if (ours < 0) {
            return new Leave(
                    "it stays closed: it does not show our close any more, so that nobody can say who closed it");
        }
        Optional<Conversation.Part> act =
                seen.parts().stream().skip(ours + 1L).filter(Restoration::isAct).findFirst();
        return act.isPresent() ? new Leave("it stays closed: " + describe(act.get())) : before(note, close.get(), now);
    }

    private static Restoration before(Optional<LedgerEntry> note, LedgerEntry close, Instant now) {
        Instant until = note.map(LedgerEntry::snoozedUntil).orElse(close.snoozedUntil());
        return until != null && until.isAfter(now) ? new Snooze(until) : new Open();
    }

    private static Optional<LedgerEntry> entry(List<LedgerEntry> begun, OperationKind kind) {
        return begun.stream().filter(entry -> entry.kind() == kind).findFirst();
    }

    /** Where our close is among the parts: the first close of our admin behind the note; -1 if it is not listed. */
    private static int ourClose(
            List<Conversation.Part> parts, @Nullable String notePart, LedgerEntry close, String adminId) {
        Instant since = close.firstSentAt().minus(CLOCKS_APART);
        Optional<Conversation.Part> note =
                parts.stream().filter(part -> part.id().equals(notePart)).findFirst();
        boolean isBehindNote = note.isEmpty();
        String closer = note.map(Conversation.Part::author)
                .filter(author -> !author.isEmpty())
                .orElse(adminId);
        for (int i = 0; i < parts.size(); i++) {
            Conversation.Part part = parts.get(i);
            boolean isOurs = part.type().equals("close")
                    && part.author().equals(closer)
                    && !part.authorType().equals("bot")
                    && !Objects.requireNonNullElse(part.createdAt(), since).isBefore(since);
            if (isBehindNote && isOurs) {
                return i;
            }
            isBehindNote |= part.id().equals(notePart);
        }
        return -1;
    }

    /** Notes of convmerge are no acts, and neither is what a bot does that leaves the state alone, such as asking for a rating. */
    private static boolean isAct(Conversation.Part part) {
        boolean isNoteOfOurs = part.body() != null
                && !NoteReferences.shownIn(PlainText.of(part.body())).isEmpty();
        return !isNoteOfOurs && (!part.authorType().equals("bot") || CHANGES_OF_STATE.contains(part.type()));
    }

    private static String describe(Conversation.Part part) {
        String who =
                switch (part.authorType()) {
                    case "admin", "team" -> "a teammate";
                    case "bot" -> "a workflow";
                    case "user", "lead", "contact" -> "the customer";
                    default -> "somebody";
                };
        Instant at = part.createdAt();
        return who + " has acted on it since (" + OneLine.of(part.type().isEmpty() ? "a part" : part.type())
                + (at == null ? ")" : ", " + ShownTime.utc(at) + ")");
    }
}
