package com.convmerge.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One conversation and all that happened to it. Not thread-safe: the workspace's lock guards it. */
final class SandboxConversation {

    private record AppliedTag(SandboxTag tag, Instant at, String by) {}

    private record HiddenNote(int readsLeft, Instant until) {}

    final String id;
    private final @Nullable String title;
    private final @Nullable String subject;
    private final String firstMessage;
    private final Instant createdAt;
    private final LinkedHashMap<String, ContactView> contacts = new LinkedHashMap<>();
    private final LinkedHashMap<String, AppliedTag> tags = new LinkedHashMap<>();
    private final ArrayList<PartView> parts = new ArrayList<>();
    private final Map<String, HiddenNote> hiddenNotes = new LinkedHashMap<>();
    private String state;
    private Instant updatedAt;
    private @Nullable Instant snoozedUntil;
    private @Nullable String adminAssignee;
    private @Nullable String teamAssignee;
    private @Nullable String mergedInto;

    SandboxConversation(NewConversation from, ContactView contact, Instant now) {
        id = from.id();
        title = from.title();
        subject = from.subject();
        firstMessage = NoteHtml.stored(from.firstMessage());
        createdAt = now;
        updatedAt = now;
        state = from.state();
        contacts.put(contact.id(), contact);
    }

    String state(Instant now) {
        Instant until = snoozedUntil;
        if (until != null && !now.isBefore(until)) {
            state = "open";
            snoozedUntil = null;
        }
        return state;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    void open() {
        state = "open";
        snoozedUntil = null;
    }

    void close() {
        state = "closed";
        snoozedUntil = null;
    }

    void snooze(@Nullable Instant until) {
        state = "snoozed";
        snoozedUntil = until;
    }

    void assignToAdmin(@Nullable String admin) {
        adminAssignee = admin;
    }

    void assignToTeam(@Nullable String team) {
        teamAssignee = team;
    }

    void addPart(PartView part) {
        parts.add(part);
        touch(part.createdAt());
    }

    void hide(PartView note, NoteVisibility visibility) {
        if (!visibility.equals(NoteVisibility.AT_ONCE)) {
            hiddenNotes.put(
                    note.id(),
                    new HiddenNote(visibility.reads(), note.createdAt().plus(visibility.time())));
        }
    }

    boolean hasTag(String tagId) {
        return tags.containsKey(tagId);
    }

    /** The tag as it is on this conversation, which must have it. */
    TagView tagOn(String tagId) {
        return view(Objects.requireNonNull(tags.get(tagId), "tag that is not on the conversation"));
    }

    TagView addTag(SandboxTag tag, Instant now, String admin) {
        AppliedTag applied = tags.computeIfAbsent(tag.id, key -> new AppliedTag(tag, now, admin));
        touch(now);
        return view(applied);
    }

    @Nullable
    TagView removeTag(String tagId, Instant now) {
        AppliedTag removed = tags.remove(tagId);
        if (removed == null) {
            return null;
        }
        touch(now);
        return view(removed);
    }

    boolean hasContact(String contactId) {
        return contacts.containsKey(contactId);
    }

    boolean sharesContactWith(SandboxConversation other) {
        return contacts.keySet().stream().anyMatch(other::hasContact);
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

    @Nullable
    String mergedInto() {
        return mergedInto;
    }

    void mergeInto(SandboxConversation primary, Instant now) {
        mergedInto = primary.id;
        close();
        contacts.values().forEach(contact -> primary.addContact(contact, now));
        touch(now);
    }

    /** Everything, the hidden notes too. */
    ConversationView view(Instant now) {
        return viewWith(List.copyOf(parts), parts.size(), now);
    }

    /** The newest parts, the hidden notes too: what an answer to a write shows. */
    ConversationView newest(int most, Instant now) {
        return viewWith(newestOf(parts, most), parts.size(), now);
    }

    /** The newest parts that a reader gets to see; this counts as one read of the conversation. */
    ConversationView read(int most, Instant now) {
        if (hiddenNotes.isEmpty()) {
            return newest(most, now);
        }
        hiddenNotes.values().removeIf(note -> note.readsLeft() <= 0 && !now.isBefore(note.until()));
        List<PartView> visible = parts.stream()
                .filter(part -> !hiddenNotes.containsKey(part.id()))
                .toList();
        hiddenNotes.replaceAll((part, note) -> new HiddenNote(note.readsLeft() - 1, note.until()));
        return viewWith(newestOf(visible, most), visible.size(), now);
    }

    private static List<PartView> newestOf(List<PartView> all, int most) {
        return List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
    }

    private ConversationView viewWith(List<PartView> shown, int partCount, Instant now) {
        String stateNow = state(now);
        return new ConversationView(
                id,
                stateNow,
                title,
                subject,
                firstMessage,
                createdAt,
                updatedAt,
                snoozedUntil,
                adminAssignee,
                teamAssignee,
                mergedInto,
                List.copyOf(contacts.values()),
                tags.values().stream().map(SandboxConversation::view).toList(),
                shown,
                partCount);
    }

    private static TagView view(AppliedTag applied) {
        return new TagView(applied.tag().id, applied.tag().name, applied.at(), applied.by());
    }

    private void touch(Instant now) {
        updatedAt = now.isAfter(updatedAt) ? now : updatedAt;
    }
}
