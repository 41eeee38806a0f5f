package com.convmerge.apply;

import com.convmerge.intercom.Conversation;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.OperationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for one note of ours in a conversation, without a guess: a note is missing only if all parts that it could be are listed.
 *
 * @param adminId in whose name our notes are written
 * @param names the conversations that the note links to: a second sign by which it is recognised
 */
record NoteSearch(OperationKind kind, String adminId, List<ConversationId> names) {
    /** How far Intercom's clock may be from ours when the times of parts are compared with the time of a claim. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    /** What a server leaves of a note that it cuts off is at least this long, or its reference is gone with the rest. */
    private static final int SHORTEST_READABLE = 15;

    /**
     * A note of ours.
     *
     * @param reference null if it is recognised by what it links to
     */
    record Note(@Nullable String reference, String partId, PlainText body) {}

    /**
     * All notes of ours in a conversation, of any installation, that show their reference. What a survivor shows that was written on a
     * duplicate has moved there with that one, by Intercom's own merge, and tells nobody of anything.
     */
    private Stream<Note> withReference(Conversation seen) {
        return seen.parts().stream().filter(part -> part.body() != null).flatMap(part -> {
            PlainText body = PlainText.of(part.body());
            return NoteReferences.shownIn(body).stream()
                    .filter(reference ->
                            kind != OperationKind.SURVIVOR_NOTE || !reference.startsWith(NoteReferences.ON_DUPLICATE))
                    .map(reference -> new Note(reference, part.id(), body));
        });
    }

    /**
     * Looks for the note that {@code claimed} is about: it shows the reference, or it was written since the claim, by our admin,
     * and links to the same conversations.
     */
    Finding find(Conversation seen, LedgerEntry claimed) {
        Instant since = claimed.firstSentAt().minus(CLOCKS_APART);
        Optional<Conversation.Part> found = showing(seen, claimed.reference()).or(() -> seen.parts().stream()
                .filter(part -> isNoteOfOurs(part, since) && namesAll(part))
                .findFirst());
        if (found.isPresent()) {
            return new Finding.There(seen, found.get().id());
        }
        if (!seen.id().equals(claimed.conversation().value())) {
            return Finding.unknown("the answer is about conversation " + seen.id());
        }
        if (!seen.listsAllSince(since)) {
            return Finding.unknown("the answer does not list all parts of the conversation");
        }
        return seen.parts().stream().anyMatch(part -> mayBe(part, since))
                ? Finding.unknown("a note of our admin cannot be read or has lost its reference")
                : new Finding.NotThere(seen);
    }

    /** Looks for another note of ours that says the same as this one, whoever claimed it and whenever. */
    Optional<Note> sameOfOurs(Conversation seen, @Nullable String ownReference) {
        return withReference(seen)
                .filter(note -> saysTheSame(note, ownReference))
                .findFirst();
    }

    private boolean saysTheSame(Note note, @Nullable String ownReference) {
        String reference = Objects.requireNonNull(note.reference());
        boolean isOther = ownReference == null || !note.body().shows(ownReference);
        boolean isAboutTheSame = kind == OperationKind.NOTE && reference.startsWith(NoteReferences.ON_DUPLICATE)
                || names.stream().anyMatch(note.body()::names);
        return isOther && isAboutTheSame && NoteReferences.isOfUndo(reference) == isOfUndo();
    }

    private boolean isOfUndo() {
        return kind == OperationKind.UNDO_NOTE || kind == OperationKind.UNDO_SURVIVOR_NOTE;
    }

    /** All notes of ours, whether the ledger knows them or not: those with a reference, and those of our admin that link as they do. */
    Stream<Note> ofOurs(Conversation seen) {
        Stream<Note> byLinks = seen.parts().stream()
                .filter(part -> isNoteOfOurs(part, Instant.MIN))
                .map(part -> new Note(null, part.id(), PlainText.of(part.body())))
                .filter(note -> NoteReferences.shownIn(note.body()).isEmpty()
                        && names.stream().anyMatch(note.body()::names));
        return Stream.concat(withReference(seen), byLinks);
    }

    /** The notes that the ledger may have lost, the likely ones first. One whose merge was taken back is another merge's. */
    Stream<Note> lost(Conversation seen) {
        Stream<Note> same = withReference(seen).filter(note -> saysTheSame(note, null));
        Stream<Note> byLinks = ofOurs(seen).filter(note -> note.reference() == null);
        return Stream.concat(same, byLinks).filter(note -> !isTakenBack(seen, note, undo -> true));
    }

    /**
     * Whether a later note of ours says that what {@code note} tells of was taken back.
     *
     * @param isAboutIt whether the body of a later note is about the same merge
     */
    static boolean isTakenBack(Conversation seen, Note note, Predicate<PlainText> isAboutIt) {
        return seen.parts().stream()
                .dropWhile(part -> !part.id().equals(note.partId()))
                .filter(part -> part.body() != null)
                .map(part -> PlainText.of(part.body()))
                .anyMatch(body -> NoteReferences.shownIn(body).stream().anyMatch(NoteReferences::isOfUndo)
                        && isAboutIt.test(body));
    }

    /** Whether every part that could be such a note is listed and readable. */
    boolean isCertainlyMissing(Conversation seen) {
        return seen.listsAllSince(Instant.MIN)
                && seen.parts().stream()
                        .filter(part -> isNoteOfOurs(part, Instant.MIN))
                        .noneMatch(part -> PlainText.of(part.body()).letters().length() < SHORTEST_READABLE);
    }

    /** The part that shows the reference. A new note is the last part. */
    private static Optional<Conversation.Part> showing(Conversation seen, @Nullable String reference) {
        if (reference == null) {
            return Optional.empty();
        }
        List<Conversation.Part> parts = seen.parts();
        return IntStream.range(0, parts.size())
                .mapToObj(i -> parts.get(parts.size() - 1 - i))
                .filter(part -> shows(part.body(), reference))
                .findFirst();
    }

    private static boolean shows(@Nullable String body, String reference) {
        return body != null && (body.contains(reference) || PlainText.of(body).shows(reference));
    }

    private boolean namesAll(Conversation.Part part) {
        PlainText body = PlainText.of(part.body());
        return !names.isEmpty()
                && NoteReferences.shownIn(body).isEmpty()
                && names.stream().allMatch(body::names);
    }

    /** Whether the part could be the note, although it shows no reference. */
    private boolean mayBe(Conversation.Part part, Instant since) {
        return isNoteOfOurs(part, since)
                && NoteReferences.shownIn(PlainText.of(part.body())).isEmpty();
    }

    /** What an answer does not say about a part does not speak against it. */
    private boolean isNoteOfOurs(Conversation.Part part, Instant since) {
        boolean isOurs = part.author().isEmpty() || part.author().equals(adminId);
        Instant written = part.createdAt();
        return isNote(part) && isOurs && (written == null || !written.isBefore(since));
    }

    private static boolean isNote(Conversation.Part part) {
        return part.type().isEmpty() || part.type().contains("note");
    }
}
