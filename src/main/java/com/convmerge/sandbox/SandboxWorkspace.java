package com.convmerge.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The data of the sandbox: conversations, contacts, tags and one admin. Tests fill it and inspect it while calls arrive.
 * It is thread-safe, and the effect of a call is atomic.
 */
public final class SandboxWorkspace {
    final AuthorView me;
    /** Intercom itself. It acts under the id of the admin whom the token belongs to. */
    final AuthorView operator;

    final String appIdCode;
    final String region;
    final Set<Quirk> quirks;
    // One lock for everything: an effect takes microseconds, and a merge or a search spans several conversations.
    private final ReentrantLock lock = new ReentrantLock();
    // The following are to be used inside locked() only.
    final Effects effects;
    final Parts parts;
    final ConversationStore conversations = new ConversationStore();
    final Workflows workflows = new Workflows();
    final SandboxContacts contacts = new SandboxContacts();
    final SandboxTags tags = new SandboxTags();

    SandboxWorkspace(SandboxBuilder setup) {
        me = new AuthorView("admin", setup.adminId, "Olivia Night", "olivia.night@example.com");
        operator = new AuthorView("bot", setup.adminId, "Operator", "operator@intercom.io");
        appIdCode = setup.appIdCode;
        region = setup.region;
        quirks = setup.quirks;
        effects = new Effects(setup.clock);
        parts = new Parts(setup, effects);
    }

    /** Adds an open conversation with a new contact. */
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
     * @throws IllegalArgumentException if there is already one with this id
     */
    public ConversationView addConversation(NewConversation from) {
        return locked(() -> {
            ContactView contact = contacts.withEmail(from.contactEmail(), from.contactName());
            SandboxConversation added = new SandboxConversation(from, contact, now());
            from.tags().forEach(tag -> added.addTag(tags.createOrFind(tag), now(), me.id()));
            conversations.add(added, now());
            return view(added);
        });
    }

    /** Deletes a conversation as an admin does; says whether it existed. */
    public boolean removeConversation(String id) {
        return locked(() -> conversations.remove(id, now()));
    }

    /** Returns a conversation with all of its parts. This does not count as a read. */
    public Optional<ConversationView> find(String id) {
        return locked(() -> Optional.ofNullable(conversations.get(id)).map(this::view));
    }

    /**
     * Returns a conversation that must exist, with all of its parts.
     *
     * @throws IllegalArgumentException if it does not exist
     */
    public ConversationView conversation(String id) {
        return locked(() -> view(existing(id)));
    }

    /** All conversations with all their parts, in the order in which they were added. */
    public List<ConversationView> conversations() {
        return locked(() -> conversations.all().stream().map(this::view).toList());
    }

    /**
     * The internal notes that were really written to a conversation until now, each with the call that wrote it, oldest
     * first. Those of a deleted conversation stay in this list.
     */
    public List<WrittenNote> notesWritten(String id) {
        return locked(() -> parts.notesOf(id));
    }

    /** How many effects of calls are still to come, as {@link SandboxBuilder#lateEffects} has delayed them. */
    public int effectsToCome() {
        return locked(effects::toCome);
    }

    /** Returns the tag of this name, ignoring case; creates it if there is none. */
    public TagView tagNamed(String name) {
        return locked(() -> tags.createOrFind(name));
    }

    /** Deletes the tag of this name, also from all conversations; says whether there was one. */
    public boolean removeTag(String name) {
        return locked(() -> {
            TagView removed = tags.named(name);
            if (removed == null) {
                return false;
            }
            tags.remove(removed);
            conversations.all().stream()
                    .filter(conversation -> conversation.tag(removed.id()) != null)
                    .forEach(conversation -> {
                        conversation.removeTag(removed.id(), now());
                        changed(conversation);
                    });
            return true;
        });
    }

    /** The names of all tags, in the order in which they were created. */
    public List<String> tagNames() {
        return locked(() -> tags.all().stream().map(TagView::name).toList());
    }

    /** Adds {@code n} comments of the customer to a conversation without changing its state. */
    public void seedParts(String id, int n) {
        change(id, conversation -> {
            AuthorView author = view(conversation).contacts().get(0).asAuthor();
            for (int i = 1; i <= n; i++) {
                parts.add(conversation, "comment", "<p>Message " + i + "</p>", author);
            }
        });
    }

    /** Writes an internal note as a teammate does in the inbox; it is visible at once. */
    public void writeNote(String id, String body) {
        change(id, conversation -> parts.add(conversation, "note", NoteHtml.stored(body), me));
    }

    /** Closes a conversation as a teammate does in the inbox. */
    public void close(String id) {
        change(id, conversation -> {
            conversation.setState("closed");
            parts.add(conversation, "close", null, me);
        });
    }

    /** Opens a conversation as a teammate does in the inbox. */
    public void open(String id) {
        change(id, conversation -> {
            conversation.setState("open");
            parts.add(conversation, "open", null, me);
        });
    }

    /** Snoozes a conversation as a teammate does in the inbox. */
    public void snooze(String id, Instant until) {
        change(id, conversation -> {
            conversation.snooze(until);
            parts.add(conversation, "snoozed", null, me);
        });
    }

    /** Whether a workflow opens a conversation again at once whenever it is closed by a call. */
    public void workflowReopens(String id, boolean reopens) {
        workflows.set(id, "closed", "open", reopens);
    }

    /** Whether a workflow closes a conversation again at once whenever it is opened by a call. */
    public void workflowCloses(String id, boolean closes) {
        workflows.set(id, "open", "closed", closes);
    }

    /** Whether a workflow wakes a conversation at once whenever it is snoozed by a call. */
    public void workflowWakes(String id, boolean wakes) {
        workflows.set(id, "snoozed", "open", wakes);
    }

    /** Tags a conversation as a teammate does in the inbox. */
    public void tag(String id, String tagName) {
        change(id, conversation -> conversation.addTag(tags.createOrFind(tagName), now(), me.id()));
    }

    private void change(String id, Consumer<SandboxConversation> change) {
        locked(() -> {
            SandboxConversation conversation = existing(id);
            change.accept(conversation);
            return changed(conversation);
        });
    }

    private SandboxConversation existing(String id) {
        SandboxConversation conversation = conversations.get(id);
        if (conversation == null) {
            throw new IllegalArgumentException("conversation " + id + " is not in the sandbox");
        }
        return conversation;
    }

    private ConversationView view(SandboxConversation conversation) {
        return conversation.newest(Integer.MAX_VALUE, now());
    }

    // The endpoints use the following methods, all except locked() only inside locked().

    <T extends @Nullable Object> T locked(Supplier<T> work) {
        lock.lock();
        try {
            if (lock.getHoldCount() == 1) {
                effects.begin();
            }
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** The time of everything that happens inside the present {@link #locked}. */
    Instant now() {
        return effects.now();
    }

    /** Marks a conversation as changed; returns it as the answer to a write shows it. */
    ConversationView changed(SandboxConversation conversation) {
        conversations.changed(conversation, now());
        return conversation.newest(Endpoints.PARTS_SHOWN, now());
    }

    /** Returns the admin that {@code admin_id} of a call names, or rejects the call. */
    AuthorView adminOf(Parameters parameters) {
        if (!parameters.required("admin_id").equals(me.id())) {
            throw Refused.of(404, "admin_not_found", "Admin not found");
        }
        return me;
    }
}
