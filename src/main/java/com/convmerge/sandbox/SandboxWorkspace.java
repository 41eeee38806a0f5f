package com.convmerge.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the sandbox remembers: conversations, contacts, tags and admins. Tests seed it and look into it while calls
 * come in; it is
 * thread-safe, and every call's effect happens at once or not at all.
 */
public final class SandboxWorkspace {

    /** A removed conversation. */
    record Deleted(String id, Instant at) {}

    final AdminView me;
    final String appIdCode;
    final String region;
    private final Clock clock;
    private final NoteVisibility noteVisibility;
    // One lock for all: an effect takes microseconds, and a merge or a search spans several conversations.
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, SandboxConversation> conversations = new LinkedHashMap<>();
    // Inside locked() only:
    final Map<String, Deleted> deleted = new LinkedHashMap<>();
    final SandboxPeople people = new SandboxPeople();
    final SandboxTags tags = new SandboxTags();
    private @Nullable SandboxConversation lastChanged;
    private long lastPartId = 1_000_000;

    SandboxWorkspace(Clock clock, AdminView me, String appIdCode, String region, NoteVisibility noteVisibility) {
        this.clock = clock;
        this.me = me;
        this.appIdCode = appIdCode;
        this.region = region;
        this.noteVisibility = noteVisibility;
        people.addAdmin(me);
    }

    /** Adds an open conversation of a contact of its own. */
    public ConversationView addConversation(String id) {
        return addConversation(NewConversation.of(id));
    }

    /** Adds a conversation that is open, closed or snoozed. */
    public ConversationView addConversation(String id, String state) {
        return addConversation(NewConversation.of(id).inState(state));
    }

    /**
     * Adds a conversation.
     *
     * @throws IllegalArgumentException if there is one with this id
     */
    public ConversationView addConversation(NewConversation from) {
        return locked(() -> {
            if (conversations.containsKey(from.id())) {
                throw new IllegalArgumentException("conversation " + from.id() + " is in the sandbox already");
            }
            ContactView contact = people.contactWithEmail(from.contactEmail(), from.contactName());
            SandboxConversation added = new SandboxConversation(from, contact, now());
            from.tags().forEach(tag -> added.addTag(tags.createOrFind(tag), now(), me.id()));
            conversations.put(added.id, added);
            deleted.remove(added.id);
            lastChanged = added;
            return added.view(now());
        });
    }

    /** Removes a conversation, as an admin who deletes it; says whether it was there. */
    public boolean removeConversation(String id) {
        return locked(() -> {
            SandboxConversation removed = conversations.remove(id);
            if (removed == null) {
                return false;
            }
            deleted.put(id, new Deleted(id, now()));
            if (removed == lastChanged) {
                lastChanged = conversations.values().stream()
                        .reduce((a, b) -> b.updatedAt().isBefore(a.updatedAt()) ? a : b)
                        .orElse(null);
            }
            return true;
        });
    }

    /** Looks a conversation up, with all of its parts, without counting as a read. */
    public Optional<ConversationView> find(String id) {
        return locked(() -> Optional.ofNullable(conversations.get(id)).map(found -> found.view(now())));
    }

    /**
     * Looks a conversation up that must be there.
     *
     * @throws IllegalArgumentException if it is not
     */
    public ConversationView conversation(String id) {
        return locked(() -> existing(id).view(now()));
    }

    /** All conversations with all their parts, in the order in which they were added. */
    public List<ConversationView> conversations() {
        return locked(() ->
                conversations.values().stream().map(found -> found.view(now())).toList());
    }

    /** The ids of all conversations, in the order in which they were added. */
    public List<String> conversationIds() {
        return locked(() -> List.copyOf(conversations.keySet()));
    }

    /** Adds a teammate; an id that is there gets the new name. */
    public AdminView addAdmin(String id, String name) {
        return locked(() -> people.addAdmin(new AdminView(id, name, "admin" + id + "@example.com")));
    }

    /**
     * Removes a teammate, after which calls in that name answer {@code admin_not_found}; says whether there was one.
     */
    public boolean removeAdmin(String id) {
        return locked(() -> people.removeAdmin(id));
    }

    /** Adds a contact, or returns the one with this e-mail address. */
    public ContactView addContact(String name, String email) {
        return locked(() -> people.contactWithEmail(email, name));
    }

    /** Returns the tag of this name whatever its case; creates it if there is none. */
    public TagView tagNamed(String name) {
        return locked(() -> tags.createOrFind(name).view());
    }

    /** The names of all tags, in the order in which they were created. */
    public List<String> tagNames() {
        return locked(() -> tags.all().stream().map(tag -> tag.name).toList());
    }

    /** Fills a conversation with {@code n} comments of its customer, which do not change its state. */
    public void seedParts(String id, int n) {
        change(id, conversation -> {
            AuthorView author =
                    AuthorView.of(conversation.view(now()).contacts().get(0));
            for (int i = 1; i <= n; i++) {
                conversation.addPart(part(conversation, "comment", "<p>Message " + i + "</p>", author));
            }
        });
    }

    /** Writes an internal note as a teammate does in the inbox; it is visible at once. */
    public void writeNote(String id, String body) {
        AuthorView author = AuthorView.of(me);
        change(id, conversation -> conversation.addPart(part(conversation, "note", NoteHtml.stored(body), author)));
    }

    /** Closes a conversation as a teammate does in the inbox. */
    public void close(String id) {
        change(id, conversation -> {
            conversation.close();
            conversation.addPart(part(conversation, "close", null, AuthorView.of(me)));
        });
    }

    /** Opens a conversation as a teammate does in the inbox. */
    public void open(String id) {
        change(id, conversation -> {
            conversation.open();
            conversation.addPart(part(conversation, "open", null, AuthorView.of(me)));
        });
    }

    /** Tags a conversation as a teammate does in the inbox. */
    public void tag(String id, String tagName) {
        change(id, conversation -> conversation.addTag(tags.createOrFind(tagName), now(), me.id()));
    }

    private void change(String id, Consumer<SandboxConversation> change) {
        locked(() -> {
            SandboxConversation conversation = existing(id);
            change.accept(conversation);
            lastChanged = conversation;
            return id;
        });
    }

    private SandboxConversation existing(String id) {
        SandboxConversation conversation = conversations.get(id);
        if (conversation == null) {
            throw new IllegalArgumentException("conversation " + id + " is not in the sandbox");
        }
        return conversation;
    }

    // From here on: for the endpoints, to be called inside locked().

    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    Instant now() {
        return clock.instant();
    }

    /** Finds the conversation that a path means; {@code last} is the one that changed most recently. */
    SandboxConversation conversationAt(String idInPath) {
        SandboxConversation found = idInPath.equals("last") ? lastChanged : conversations.get(idInPath);
        if (found == null) {
            throw Refused.notFound();
        }
        return found;
    }

    @Nullable
    SandboxConversation conversationOrNull(String id) {
        return conversations.get(id);
    }

    void changed(SandboxConversation conversation) {
        lastChanged = conversation;
    }

    Collection<SandboxConversation> allConversations() {
        return conversations.values();
    }

    NoteVisibility noteVisibility() {
        return noteVisibility;
    }

    PartView part(SandboxConversation of, String type, @Nullable String body, AuthorView author) {
        Instant now = now();
        return new PartView(String.valueOf(++lastPartId), type, body, author, now, of.state(now), null);
    }
}
