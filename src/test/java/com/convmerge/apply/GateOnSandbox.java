package com.convmerge.apply;

import com.convmerge.intercom.CallPermit;
import com.convmerge.intercom.Intercom;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.intercom.IntercomConfiguration;
import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerConfiguration;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.ledger.LedgerSearch;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.Strategy;
import com.convmerge.sandbox.Call;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.sandbox.SandboxBuilder;
import com.convmerge.settings.SettingsConfiguration;
import com.convmerge.testing.Database;
import com.convmerge.testing.Parts;
import com.convmerge.testing.RequestTable;
import com.convmerge.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An open gate with a real ledger and a real client, whose Intercom is the sandbox. Only sleeping moves the clock, and takes no
 * time.
 */
final class GateOnSandbox implements AutoCloseable {
    static final String PARENT = "9001";
    static final String DUPLICATE = "9002";
    static final String TAG = "merged-duplicate";
    static final long EXECUTION = 17;
    static final Duration SETTLE_TIME = Duration.ofMinutes(15);

    /** What is done for each request, in this order. */
    static final List<OperationKind> OPERATIONS = List.of(OperationKind.NOTE, OperationKind.TAG, OperationKind.CLOSE);

    final Sandbox sandbox;
    final TestClock clock;
    final JdbcClient jdbc;
    final Workspace workspace;
    final MergeRequest request;
    private final Database database;
    private final Parts parts;
    private final Gate gate;
    private final long callsBefore;

    private GateOnSandbox(Sandbox sandbox, TestClock clock, Database database, long requestId, String... settings) {
        this.sandbox = sandbox;
        this.clock = clock;
        this.database = database;
        this.jdbc = database.jdbc();
        this.request = request(requestId);
        this.parts = parts(settings);
        this.gate = parts.get(GateFactory.class).open(CallPermit.ALWAYS, false);
        this.workspace = preflight().prepare(preflight().identify());
        this.callsBefore = sandbox.callCount();
    }

    /** Opens a gate, with one request in the table and its two conversations in the sandbox. */
    static GateOnSandbox open(Database database, String... settings) {
        return open(database, setup -> setup, settings);
    }

    static GateOnSandbox open(Database database, UnaryOperator<SandboxBuilder> setup, String... settings) {
        // A request goes on with what others for its duplicate have begun.
        database.empty();
        TestClock clock = new TestClock();
        Sandbox sandbox = setup.apply(Sandbox.builder().clock(clock)).start();
        sandbox.workspace().addConversation(PARENT);
        sandbox.workspace().addConversation(DUPLICATE);
        long id = new RequestTable(database).add(PARENT, DUPLICATE);
        return new GateOnSandbox(sandbox, clock, database, id, settings);
    }

    /** The same sandbox and database in another program with other settings. */
    GateOnSandbox again(String... settings) {
        return new GateOnSandbox(sandbox, clock, database, request.id(), settings);
    }

    private static MergeRequest request(long id) {
        ConversationId parent = new ConversationId(PARENT);
        return new MergeRequest(id, parent, new ConversationId(DUPLICATE), parent, "asked twice", "mara", "ext-1");
    }

    private Parts parts(String... settings) {
        String[] all = Stream.concat(
                        Stream.of(settings),
                        Stream.of(
                                "convmerge.intercom.base-url=" + sandbox.url(),
                                "convmerge.intercom.access-token=" + Sandbox.TOKEN))
                .toArray(String[]::new);
        return Parts.on(
                database,
                clock,
                all,
                SettingsConfiguration.class,
                LedgerConfiguration.class,
                IntercomConfiguration.class,
                ApplyConfiguration.class);
    }

    /** A part that all runs of the program share, such as the ledger. */
    <T> T bean(Class<T> type) {
        return parts.get(type);
    }

    /** A client beside that of the gate. Both use the same connections and the same rate limit. */
    IntercomClient client() {
        return bean(Intercom.class).client(CallPermit.ALWAYS);
    }

    /** What applies requests with other references than random ones. */
    RequestApplier applier(NoteReferences references) {
        Ledger ledger = bean(Ledger.class);
        IntercomClient client = client();
        NoteWatch notes = new NoteWatch(client, new LostMerges(bean(LedgerSearch.class)));
        CallEnds ends = new CallEnds(clock, clock.steady());
        OperationSender sender = new OperationSender(
                ledger,
                client,
                CallPermit.ALWAYS,
                CallPermit.ALWAYS::mayClaim,
                notes,
                references,
                ends,
                new Disappearance(client),
                clock);
        OperationApplier operations = new OperationApplier(ledger, client, sender, false, SETTLE_TIME, ends, clock);
        return new RequestApplier(ledger, operations, bean(NoteTexts.class), Strategy.LINK);
    }

    Preflight preflight() {
        return gate.preflight();
    }

    SurvivorCheck survivors() {
        return gate.survivors();
    }

    SurvivorNoteApplier survivorNotes() {
        return gate.survivorNotes();
    }

    Outcome<Long> apply() {
        return apply(request, () -> true);
    }

    Outcome<Long> apply(MergeRequest asked, BooleanSupplier isStillAsked) {
        return gate.requests().apply(asked, workspace, EXECUTION, null, isStillAsked);
    }

    /** Applies the request, and returns the doubt that this must end with. */
    Outcome.InDoubt<Long> applyAndDoubt() {
        Outcome<Long> outcome = apply();
        if (outcome instanceof Outcome.InDoubt<Long> open) {
            return open;
        }
        throw new AssertionError("nothing is in doubt: " + outcome);
    }

    /** What {@link #apply} returns if note, tag and close are done. */
    Outcome<Long> done() {
        return new Outcome.Done<>(request.id());
    }

    /** Applies the request, and returns the failure that this must end with. */
    Outcome.Failed<Long> applyAndFail() {
        if (apply() instanceof Outcome.Failed<Long> failed) {
            return failed;
        }
        throw new AssertionError("the request was applied without a failure");
    }

    ConversationView duplicate() {
        return sandbox.workspace().conversation(DUPLICATE);
    }

    /** The calls that arrived since the gate was opened, such as {@code note, read, tag, close}. */
    List<String> calls() {
        return sandbox.calls().stream()
                .skip(callsBefore)
                .map(Call::arrival)
                .map(CallWords::of)
                .toList();
    }

    OperationKey key(OperationKind operation) {
        return OperationKey.ofRequest(request.id(), operation);
    }

    /** The state of an operation in the ledger as another connection sees it, or {@code none}. */
    String state(OperationKind operation) {
        return state(key(operation));
    }

    String state(OperationKey key) {
        return jdbc.sql("SELECT state FROM merge_operation WHERE operation_key = :key")
                .param("key", key.value())
                .query(String.class)
                .optional()
                .orElse("none");
    }

    /** The committed state of an operation, from within a transaction, too. */
    String stateSeenByAnother(OperationKey key) {
        return CompletableFuture.supplyAsync(() -> state(key)).join();
    }

    /** Writes the row of a note that another run claimed at {@code at} before it was killed. */
    void claimedNote(OperationKey key, OperationKind operation, String conversation, String reference, Instant at) {
        jdbc.sql("""
                INSERT INTO merge_operation (operation_key, operation, request_id, conversation_id, state, reference, attempts,
                                             first_sent_at, last_sent_at, job_execution_id)
                VALUES (:key, :operation, :requestId, :conversation, 'SENT', :reference, 1, :at, :at, 16)
                """)
                .param("key", key.value())
                .param("operation", operation.column())
                .param("requestId", operation == OperationKind.SURVIVOR_NOTE ? null : request.id())
                .param("conversation", conversation)
                .param("reference", reference)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    LedgerEntry entry(OperationKey key) {
        return bean(Ledger.class).find(key).orElseThrow(() -> new AssertionError(key + " is not in the ledger"));
    }

    String reference(OperationKey key) {
        return String.valueOf(entry(key).reference());
    }

    @Override
    public void close() {
        parts.close();
        sandbox.close();
    }
}
