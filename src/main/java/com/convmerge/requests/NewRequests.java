package com.convmerge.requests;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts requests into the input table. */
public final class NewRequests {
    private static final String ADD = """
            INSERT INTO merge_request (parent_conversation_id, duplicate_conversation_id, reason, requested_by, external_ref)
            SELECT CAST(? AS VARCHAR(255)), CAST(? AS VARCHAR(255)), CAST(? AS VARCHAR(100000)),
                   CAST(? AS VARCHAR(10000)), CAST(? AS VARCHAR(255))
             WHERE NOT EXISTS (SELECT 1 FROM merge_request WHERE external_ref = ?)
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    NewRequests(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Adds those whose {@code externalRef} is new, the first of each, all in one commit. */
    public void addMissing(List<NewRequest> requests) {
        // The statement alone does not see on H2 what the one before it in the same batch has added.
        Map<String, NewRequest> firsts = new LinkedHashMap<>();
        requests.forEach(request -> firsts.putIfAbsent(request.externalRef(), request));
        List<Object[]> rows = firsts.values().stream()
                .map(r -> new Object[] {
                    r.parent(), r.duplicate(), r.reason(), r.requestedBy(), r.externalRef(), r.externalRef()
                })
                .toList();
        transaction.executeWithoutResult(status -> jdbc.batchUpdate(ADD, rows));
    }
}
