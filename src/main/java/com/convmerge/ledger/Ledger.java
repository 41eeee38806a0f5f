package com.convmerge.ledger;

import com.convmerge.database.TimeLimits;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The record of what was sent, which survives a crash and a power cut. {@link #claim} and {@link #settle} each are one commit of
 * their own, apart from any transaction around them. What a claim has committed is on the disk when it returns.
 *
 * <p>A change that {@link LedgerState} does not allow throws {@link IllegalStateException}. A database that does not answer throws
 * {@link org.springframework.dao.DataAccessException}.
 */
public final class Ledger {
    private static final String OF_REQUEST =
            "SELECT * FROM merge_operation WHERE request_id = :requestId ORDER BY first_sent_at, operation_key";

    /** What other requests have begun on a conversation and not finished. */
    private static final String UNFINISHED_OF_OTHERS = """
             WHERE o.conversation_id = :conversation AND o.request_id <> :requestId
               AND o.operation IN ('NOTE', 'TAG', 'CLOSE', 'MERGE_NATIVE')
               AND NOT EXISTS (SELECT 1 FROM merge_operation c
                                WHERE c.request_id = o.request_id AND c.operation IN ('CLOSE', 'MERGE_NATIVE')
                                  AND c.state IN ('DONE', 'NOT_NEEDED'))
            """;

    private static final String COUNT_OF_OTHERS = "SELECT COUNT(*) FROM merge_operation o" + UNFINISHED_OF_OTHERS;

    private static final String TAKE_FROM_OTHERS =
            "UPDATE merge_operation SET request_id = :requestId WHERE operation_key IN"
                    + " (SELECT o.operation_key FROM merge_operation o" + UNFINISHED_OF_OTHERS + ")";

    private static final String BY_KEY = "SELECT * FROM merge_operation WHERE operation_key = :key";

    private static final String UNSETTLED_NOTES = """
            SELECT * FROM merge_operation
             WHERE operation = :operation AND state IN ('SENT', 'IN_DOUBT', 'NOT_SENT')
             ORDER BY first_sent_at, operation_key
            """;

    private static final String CONVERSATION_OF = """
            SELECT conversation_id FROM merge_operation
             WHERE reference = :reference AND operation IN ('NOTE', 'PARENT_NOTE') ORDER BY operation_key
            """;

    private static final String MERGED_NATIVELY = "SELECT request_id FROM merge_operation"
            + " WHERE request_id IN (:ids) AND operation = 'MERGE_NATIVE' AND state = 'DONE'";

    private static final String BEGUN_REQUESTS = """
            SELECT o.request_id FROM merge_request r JOIN merge_operation o ON o.request_id = r.id
             WHERE r.status IN ('PENDING', 'RETRY', 'FAILED')
               AND o.operation = 'NOTE' AND o.state IN ('SENT', 'IN_DOUBT', 'DONE')
            """;

    private static final Logger log = LoggerFactory.getLogger(Ledger.class);
    private static final int TRIES = 5;
    private static final int FETCHED_AT_ONCE = 10_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate commit;
    /** Reads all there is. */
    private final TransactionTemplate scan;

    private final LedgerWriter writer;

    Ledger(
            JdbcClient jdbc,
            JdbcTemplate batches,
            PlatformTransactionManager transactions,
            DurableCommits durable,
            Clock clock) {
        this.jdbc = jdbc;
        this.writer = new LedgerWriter(new LedgerRows(batches, clock), transactions, durable, clock);
        this.commit = new TransactionTemplate(transactions);
        this.commit.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.commit.setTimeout(TimeLimits.CLAIM);
        this.scan = new TransactionTemplate(transactions);
        this.scan.setTimeout(TimeLimits.LONG);
    }

    /** What was begun for a request, oldest first. */
    public List<LedgerEntry> ofRequest(long requestId) {
        return jdbc.sql(OF_REQUEST)
                .param("requestId", requestId)
                .query((row, n) -> LedgerEntry.of(row))
                .list();
    }

    /**
     * What was begun for a request. If nothing was, it goes on with what an earlier request for the same duplicate has begun and
     * will not finish, such as one that was rejected when its note was already written.
     */
    public List<LedgerEntry> begunFor(long requestId, ConversationId duplicate) {
        List<LedgerEntry> own = ofRequest(requestId);
        if (!own.isEmpty() || count(COUNT_OF_OTHERS, requestId, duplicate) == 0) {
            return own;
        }
        commit.executeWithoutResult(status -> jdbc.sql(TAKE_FROM_OTHERS)
                .param("requestId", requestId)
                .param("conversation", duplicate.value())
                .update());
        return ofRequest(requestId);
    }

    private long count(String sql, long requestId, ConversationId conversation) {
        return jdbc.sql(sql)
                .param("requestId", requestId)
                .param("conversation", conversation.value())
                .query(Long.class)
                .single();
    }

    /** The row of an operation; empty if it was never begun. */
    public Optional<LedgerEntry> find(OperationKey key) {
        return jdbc.sql(BY_KEY)
                .param("key", key.value())
                .query((row, n) -> LedgerEntry.of(row))
                .optional();
    }

    /** Notes on survivors that were begun and are neither done nor refused, oldest first. */
    public List<LedgerEntry> unsettledSurvivorNotes() {
        return unsettledNotes(OperationKind.SURVIVOR_NOTE);
    }

    /** The same of notes of this kind. */
    public List<LedgerEntry> unsettledNotes(OperationKind kind) {
        return jdbc.sql(UNSETTLED_NOTES)
                .param("operation", kind.column())
                .query((row, n) -> LedgerEntry.of(row))
                .list();
    }

    /** The conversation for which the note with this reference was claimed; empty if none was. It reads the whole table. */
    public Optional<ConversationId> conversationOf(String reference) {
        return jdbc.sql(CONVERSATION_OF).param("reference", reference).query(String.class).list().stream()
                .findFirst()
                .map(ConversationId::new);
    }

    /** Those of the requests that were merged by Intercom's own merge. */
    public Set<Long> mergedNatively(List<Long> requestIds) {
        return requestIds.isEmpty()
                ? Set.of()
                : Set.copyOf(jdbc.sql(MERGED_NATIVELY)
                        .param("ids", requestIds)
                        .query(Long.class)
                        .list());
    }

    /** Tells of a request that is not merged whether its note is, or may be, on its duplicate: as of now, held in memory. */
    public LongPredicate begunRequests() {
        LongStream.Builder found = LongStream.builder();
        // PostgreSQL sends rows in portions only within a transaction.
        scan.executeWithoutResult(status -> jdbc.sql(BEGUN_REQUESTS)
                .withFetchSize(FETCHED_AT_ONCE)
                .query(row -> {
                    found.add(row.getLong("request_id"));
                }));
        long[] begun = found.build().sorted().toArray();
        return requestId -> Arrays.binarySearch(begun, requestId) >= 0;
    }

    /**
     * Writes SENT for the next operation on a conversation, right before its call leaves, together with how the operations before
     * it ended: one commit.
     *
     * @param mayClaim whether this run may work on the database; asked in the same transaction, once for all that is committed
     *     together
     * @param alongside writes, in the same transaction, what else must be known about the operation after a crash; false if the
     *     operation must not be sent after all, and nothing is written
     * @return the row; empty if it was not claimed, because one of the two forbids it or somebody else has claimed the operation
     *     meanwhile, while {@code earlier} is written all the same
     */
    public Optional<LedgerEntry> claim(
            List<Settlement> earlier, Claim next, BooleanSupplier mayClaim, BooleanSupplier alongside) {
        LedgerWriter.Written written = writer.write(new LedgerWriter.Work(earlier, next, mayClaim, alongside));
        settle(written.unwritten());
        return written.claimed();
    }

    /**
     * Writes down how operations ended: one commit. What somebody else has changed meanwhile is left as it is. It is tried a few
     * times, because H2 sometimes shows a row as it was before, while a transaction is open that has the number of one that a kill
     * has ended.
     */
    public void settle(List<Settlement> settlements) {
        List<Settlement> left = settlements;
        for (int tries = 0; tries < TRIES && !left.isEmpty(); tries++) {
            left = writer.write(new LedgerWriter.Work(left, null, () -> false, () -> false))
                    .unwritten();
        }
        for (Settlement settlement : left) {
            log.warn(
                    "operation {}: its row was changed meanwhile, so how it ended was not written down",
                    settlement.key());
        }
    }
}
