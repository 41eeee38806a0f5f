package com.convmerge.requests;

import com.convmerge.database.TimeLimits;
import com.convmerge.merge.ConversationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads a query's rows one after the other, however many there are. */
final class StreamingQuery {
    private static final Logger log = LoggerFactory.getLogger(StreamingQuery.class);
    private static final int FETCHED_AT_ONCE = 1_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    StreamingQuery(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        // PostgreSQL sends rows in portions only within a transaction.
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setTimeout(TimeLimits.LONG);
    }

    void each(String sql, Map<String, ?> parameters, RowCallbackHandler row) {
        transaction.executeWithoutResult(status ->
                jdbc.sql(sql).params(parameters).withFetchSize(FETCHED_AT_ONCE).query(row));
    }

    /**
     * Groups the rows by survivor, in ascending order of the survivors' ids.
     *
     * <p>A row whose survivor somebody has changed to something that is no conversation id is named in a warning and left out.
     *
     * @param sql selects {@code survivor_conversation_id} and {@code id} in any order; the rows are sorted here, because a database
     *     would sort a million of them on disk
     */
    List<Survivor> survivors(String sql, Map<String, ?> parameters) {
        Map<Long, List<Long>> requestIds = new TreeMap<>();
        each(sql, parameters, row -> {
            String survivor = row.getString("survivor_conversation_id");
            Optional<String> fault = ConversationId.fault(survivor);
            if (fault.isPresent()) {
                log.warn(
                        "request {}: its row was changed: survivor_conversation_id {}; it is left out",
                        row.getLong("id"),
                        fault.get());
                return;
            }
            requestIds
                    .computeIfAbsent(Long.valueOf(survivor), key -> new ArrayList<>(1))
                    .add(row.getLong("id"));
        });
        return requestIds.entrySet().stream()
                .map(entry -> new Survivor(
                        ConversationId.of(entry.getKey()),
                        entry.getValue().stream().sorted().toList()))
                .toList();
    }
}
