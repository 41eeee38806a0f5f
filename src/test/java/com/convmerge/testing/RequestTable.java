package com.convmerge.testing;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/** Fills and reads the input table. */
public final class RequestTable {
    private final JdbcClient jdbc;

    public RequestTable(Database database) {
        this(database.jdbc());
    }

    public RequestTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Inserts a request with its required columns only, and returns its id. */
    public long add(String parent, String duplicate) {
        return add(parent, duplicate, null, null);
    }

    public long add(String parent, String duplicate, @Nullable String reason, @Nullable String requestedBy) {
        GeneratedKeyHolder id = new GeneratedKeyHolder();
        jdbc.sql("INSERT INTO merge_request (parent_conversation_id, duplicate_conversation_id, reason, requested_by)"
                        + " VALUES (:parent, :duplicate, :reason, :requestedBy)")
                .param("parent", parent)
                .param("duplicate", duplicate)
                .param("reason", reason)
                .param("requestedBy", requestedBy)
                .update(id, "id");
        return Objects.requireNonNull(id.getKeyAs(Long.class));
    }

    /** Sets a column of a request. */
    public void set(long id, String column, @Nullable Object value) {
        jdbc.sql("UPDATE merge_request SET " + column + " = :value WHERE id = :id")
                .param("value", value)
                .param("id", id)
                .update();
    }

    /** The status of a request. */
    public String status(long id) {
        return Objects.requireNonNull((String) row(id).get("status"));
    }

    /** The explanation of the status that an operator reads, if there is one. */
    public @Nullable String detail(long id) {
        return (String) row(id).get("status_detail");
    }

    /** The complete row of a request; the case of the column names does not matter. */
    public Map<String, @Nullable Object> row(long id) {
        return jdbc.sql("SELECT * FROM merge_request WHERE id = :id")
                .param("id", id)
                .query()
                .singleRow();
    }
}
