package com.convmerge.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One conversation with its whole history. Not thread-safe: the workspace's lock guards it. */
final class SandboxConversation {
    private record HiddenNote(int readsLeft, Instant until) {}

    final String id;
    final NewConversation initial;
    private final String firstMessage;
    private final Instant createdAt;
    private final Map<String, ContactView> contacts = new LinkedHashMap<>();
    private final Map<String, TagView> tags = new LinkedHashMap<>();
    private final List<PartView> parts = new ArrayList<>();
    private final Map<String, HiddenNote> hiddenNotes = new LinkedHashMap<>();
    private final Redactions redactions = new Redactions();
    /** What it was like after each change, without the parts. */
    private final TreeMap<Instant, ConversationView> past = new TreeMap<>();

    private String state;
    private Instant updatedAt;
    private @Nullable Instant snoozedUntil;
    private @Nullable String adminAssignee;
    private @Nullable String teamAssignee;
    private @Nullable String mergedInto;
    /** So many parts, the oldest, have moved along into the conversation that this one was merged into. */
    private int movedParts;

    SandboxConversation(NewConversation initial, ContactView contact, Instant now) {
        this.initial = initial;
        id = initial.id();
        firstMessage = NoteHtml.stored(initial.firstMessage());
        createdAt = now;
        updatedAt = now;
        state = initial.state();
        snoozedUntil = state.equals("snoozed") ? now.plus(NewConversation.SNOOZED_FOR) : null;
        contacts.put(contact.id(), contact);
    }

    private SandboxConversation(SandboxConversation from) {
        initial = from.initial;
        id = from.id;
        firstMessage = from.firstMessage;
        createdAt = from.createdAt;
        contacts.putAll(from.contacts);
        tags.putAll(from.tags);
        parts.addAll(from.parts);
        hiddenNotes.putAll(from.hiddenNotes);
        redactions.addAll(from.redactions);
        state = from.state;
        updatedAt = from.updatedAt;
        snoozedUntil = from.snoozedUntil;
        adminAssignee = from.adminAssignee;
        teamAssignee = from.teamAssignee;
        mergedInto = from.mergedInto;
        movedParts = from.movedParts;
    }

    /** A copy, whose changes do not change this conversation. */
    SandboxConversation copy() {
        return new SandboxConversation(this);
    }

    String state(Instant now) {
        Instant until = snoozedUntil;
        if (until != null && !now.isBefore(until)) {
            setState("open");
        }
        return state;
    }

    void setState(String newState) {
        state = newState;
        snoozedUntil = null;
    }

    void snooze(Instant until) {
        state = "snoozed";
        snoozedUntil = until;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    void assign(boolean toTeam, @Nullable String assignee) {
        if (toTeam) {
            teamAssignee = assignee;
        } else {
            adminAssignee = assignee;
        }
    }

    void addPart(PartView part) {
        parts.add(part);
        touch(part.createdAt());
    }

    /** The part with this id as it was written, or null. */
    @Nullable
    PartView part(String partId) {
        return parts.stream()
                .filter(part -> part.id().equals(partId))
                .findFirst()
                .orElse(null);
    }

    /** Redacts a part, or the first message if {@code part} is null; says whether it was not redacted before. */
    boolean redact(@Nullable String part, Instant now) {
        boolean added = redactions.add(part, now);
        if (added) {
            touch(now);
        }
        return added;
    }

    /** Hides a note from {@link #read} for this number of reads and until this time; both must have passed. */
    void hide(PartView note, int reads, Instant until) {
        hiddenNotes.put(note.id(), new HiddenNote(reads, until));
    }

    /** The tag as it is on this conversation, or null. */
    @Nullable
    TagView tag(String tagId) {
        return tags.get(tagId);
    }

    TagView addTag(TagView tag, Instant now, String admin) {
        touch(now);
        return tags.computeIfAbsent(tag.id(), id -> new TagView(id, tag.name(), now, admin));
    }

    /** Shows the new name of a tag, if the conversation has it. */
    void renameTag(TagView renamed) {
        tags.computeIfPresent(
                renamed.id(), (id, tag) -> new TagView(id, renamed.name(), tag.appliedAt(), tag.appliedBy()));
    }

    void removeTag(String tagId, Instant now) {
        tags.remove(tagId);
        touch(now);
    }

    boolean hasContact(String contactId) {
        return contacts.containsKey(contactId);
    }

    int contactCount() {
        return contacts.size();
    }

    void addContact(ContactView contact, Instant now) {
        contacts.put(contact.id(), contact);
        touch(now);
    }

    void removeContact(String contactId, Instant now) {
        contacts.remove(contactId);
        touch(now);
    }

    boolean isMerged() {
        return mergedInto != null;
    }

    /** Closes this conversation; its customers and its parts, internal notes included, move along. */
    void mergeInto(SandboxConversation primary, Instant now) {
        mergedInto = primary.id;
        setState("closed");
        contacts.values().forEach(contact -> primary.addContact(contact, now));
        parts.forEach(part -> primary.addPart(redactions.shown(part, now)));
        movedParts = parts.size();
        touch(now);
    }

    /** Keeps what the conversation is like now, for stale reads of it. */
    void remember(Instant now) {
        past.put(now, view(now));
    }

    /** The newest parts, with the hidden notes: the answer to a write contains these. */
    ConversationView newest(int most, Instant now) {
        List<PartView> shown = parts.stream()
                .skip(movedParts)
                .map(part -> redactions.shown(part, now))
                .toList();
        return view(now).withParts(shown, most);
    }

    /** The newest parts without the hidden notes. This counts as one read of the conversation. */
    ConversationView read(int most, Instant now, Duration staleness) {
        ConversationView then = withoutParts(now, staleness);
        hiddenNotes.values().removeIf(note -> note.readsLeft() <= 0 && !now.isBefore(note.until()));
        List<PartView> visible = parts.stream()
                .skip(then.mergedInto() == null ? 0 : movedParts)
                .limit(then.partCount())
                .filter(part -> !hiddenNotes.containsKey(part.id()))
                .map(part -> redactions.shown(part, now.minus(staleness)))
                .toList();
        hiddenNotes.replaceAll((part, note) -> new HiddenNote(note.readsLeft() - 1, note.until()));
        return then.withParts(visible, most);
    }

    /** The conversation without its parts, as it was some time ago, but at the earliest as it was added. */
    ConversationView withoutParts(Instant now, Duration staleness) {
        if (staleness.isZero()) {
            return view(now);
        }
        Instant at = now.minus(staleness);
        Map.Entry<Instant, ConversationView> then = past.floorEntry(at);
        return (then == null ? past.firstEntry() : then).getValue().wokenUpAt(at);
    }

    private ConversationView view(Instant now) {
        String stateNow = state(now);
        return new ConversationView(
                id,
                stateNow,
                initial.title(),
                initial.subject(),
                redactions.source(firstMessage),
                redactions.isSourceRedacted(),
                createdAt,
                updatedAt,
                snoozedUntil,
                adminAssignee,
                teamAssignee,
                mergedInto,
                List.copyOf(contacts.values()),
                List.copyOf(tags.values()),
                List.of(),
                parts.size() - movedParts);
    }

    private void touch(Instant now) {
        updatedAt = now.isAfter(updatedAt) ? now : updatedAt;
    }
}
