package com.convmerge.apply;

import com.convmerge.intercom.IntercomConfiguration;
import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerConfiguration;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.Sleeper;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Call;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.sandbox.SandboxBuilder;
import com.convmerge.testing.Database;
import com.convmerge.testing.RecordingSleeper;
import com.convmerge.testing.TestClock;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The gate with its real ledger and its real way to Intercom, which is the sandbox. Time passes without being waited for. */
final class GateOnSandbox implements AutoCloseable {
    static final String PARENT = "9001";
    static final String DUPLICATE = "9002";
    static final String TAG = "merged-duplicate";
    static final long EXECUTION = 17;

    final Sandbox sandbox;
    final TestClock clock;
    final JdbcClient jdbc;
    final Workspace workspace;
    final MergeRequest request;
    private final Database database;
    private final AnnotationConfigApplicationContext context;
    private final long callsBefore;

    private GateOnSandbox(Sandbox sandbox, TestClock clock, Database database, long requestId, String... settings) {
        this.sandbox = sandbox;
        this.clock = clock;
        this.database = database;
        this.jdbc = database.jdbc();
        this.request = request(requestId);
        this.context = context(settings);
        this.workspace = context.getBean(Preflight.class).ask(appIdCode -> {});
        this.callsBefore = sandbox.callCount();
    }

    /** An open gate, one request in the table, and its two conversations in the sandbox. */
    static GateOnSandbox open(Database database, String... settings) {
        return open(database, setup -> setup, settings);
    }

    static GateOnSandbox open(Database database, UnaryOperator<SandboxBuilder> setup, String... settings) {
        TestClock clock = new TestClock();
        Sandbox sandbox = setup.apply(Sandbox.builder().clock(clock)).start();
        sandbox.workspace().addConversation(PARENT);
        sandbox.workspace().addConversation(DUPLICATE);
        JdbcClient jdbc = database.jdbc();
        jdbc.sql("INSERT INTO merge_request (parent_conversation_id, duplicate_conversation_id) VALUES (:p, :d)")
                .param("p", PARENT)
                .param("d", DUPLICATE)
                .update();
        long id =
                jdbc.sql("SELECT MAX(id) FROM merge_request").query(Long.class).single();
        return new GateOnSandbox(sandbox, clock, database, id, settings);
    }

    /** The same night in another program: the tables and the conversations stay, the settings do not. */
    GateOnSandbox again(String... settings) {
        return new GateOnSandbox(sandbox, clock, database, request.id(), settings);
    }

    private static MergeRequest request(long id) {
        ConversationId parent = new ConversationId(PARENT);
        return new MergeRequest(id, parent, new ConversationId(DUPLICATE), parent, "asked twice", "mara", "ext-1");
    }

    private AnnotationConfigApplicationContext context(String... settings) {
        AnnotationConfigApplicationContext made = new AnnotationConfigApplicationContext();
        TestPropertyValues.of(settings)
                .and("convmerge.intercom.base-url=" + sandbox.url(), "convmerge.intercom.access-token=" + Sandbox.TOKEN)
                .applyTo(made);
        made.registerBean(Clock.class, () -> clock);
        made.registerBean(Sleeper.class, () -> new RecordingSleeper(clock));
        made.registerBean(JdbcClient.class, () -> jdbc);
        made.registerBean(PlatformTransactionManager.class, database::transactions);
        made.register(LedgerConfiguration.class, IntercomConfiguration.class, ApplyConfiguration.class);
        made.refresh();
        return made;
    }

    <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    Outcome apply() {
        return part(RequestApplier.class).apply(request, workspace, EXECUTION);
    }

    /** The duplicate as it is in the sandbox. */
    ConversationView duplicate() {
        return sandbox.workspace().conversation(DUPLICATE);
    }

    /** What arrived since the gate was opened, such as {@code note, read, tag, close}. */
    List<String> calls() {
        return sandbox.calls().stream()
                .skip(callsBefore)
                .map(Call::arrival)
                .map(GateOnSandbox::word)
                .toList();
    }

    private static String word(Arrival arrival) {
        return arrival.isNote()
                ? "note"
                : arrival.isTag()
                        ? "tag"
                        : arrival.isClose()
                                ? "close"
                                : arrival.isRead() ? "read" : arrival.route().name();
    }

    /** Whether a call is the one that {@code operation} makes. */
    static boolean is(OperationKind operation, Arrival arrival) {
        return word(arrival).equals(operation.isNote() ? "note" : operation.label());
    }

    OperationKey key(OperationKind operation) {
        return OperationKey.ofRequest(request.id(), operation);
    }

    /** The state of an operation in the ledger, or {@code none}, as another connection sees it. */
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

    /** A note that a run claimed at {@code at}, before it was killed. */
    void claimedNote(OperationKey key, OperationKind operation, String conversation, String reference, Instant at) {
        jdbc.sql("""
                INSERT INTO merge_operation (operation_key, operation, request_id, conversation_id, state, reference, attempts,
                                             first_sent_at, last_sent_at, job_execution_id)
                VALUES (:key, :operation, :requestId, :conversation, 'SENT', :reference, 1, :at, :at, 16)
                """)
                .param("key", key.value())
                .param("operation", operation.name())
                .param("requestId", operation == OperationKind.PARENT_NOTE ? null : request.id())
                .param("conversation", conversation)
                .param("reference", reference)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<String> reference(OperationKey key) {
        return part(Ledger.class).find(key).map(entry -> String.valueOf(entry.reference()));
    }

    @Override
    public void close() {
        context.close();
        sandbox.close();
    }
}
