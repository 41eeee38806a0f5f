package com.convmerge.requests;

import com.convmerge.merge.RequestStatus;
import com.convmerge.merge.SqlTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** A change of a request's status. It changes only rows that stand where it comes from, and says which these were. */
final class Transition {
    private final String sql;

    /**
     * @param set further assignments, each with a comma behind it, with their parameters
     * @param condition a further condition without parameters, such as {@code AND …}
     * @throws IllegalArgumentException if {@link RequestStatus} does not lead from each of {@code from} to {@code to}
     */
    Transition(Set<RequestStatus> from, RequestStatus to, String set, String condition) {
        for (RequestStatus status : from) {
            if (!status.mayBecome(to)) {
                throw new IllegalArgumentException("a request that is " + status + " cannot become " + to);
            }
        }
        String states = from.stream().map(status -> "'" + status + "'").sorted().collect(Collectors.joining(", "));
        this.sql = "UPDATE merge_request SET status = '" + to + "', " + set
                + " updated_at = ? WHERE id = ? AND status IN (" + states + ") " + condition;
    }

    Transition(Set<RequestStatus> from, RequestStatus to, String set) {
        this(from, to, set, "");
    }

    /** Changes the requests, all with the same values; returns those that stood where the transition comes from. */
    List<Long> apply(JdbcTemplate jdbc, List<Long> ids, Instant now, @Nullable Object... values) {
        return apply(jdbc, ids, now, id -> values);
    }

    /** Changes the requests, each with values of its own; returns those that stood where the transition comes from. */
    List<Long> apply(JdbcTemplate jdbc, List<Long> ids, Instant now, LongFunction<@Nullable Object[]> values) {
        List<Object[]> rows = new ArrayList<>(ids.size());
        for (long id : ids) {
            List<@Nullable Object> row = new ArrayList<>(List.of(SqlTime.utc(now), id));
            row.addAll(0, java.util.Arrays.asList(values.apply(id)));
            rows.add(row.toArray());
        }
        int[] counts = jdbc.batchUpdate(sql, rows);
        return IntStream.range(0, ids.size())
                .filter(i -> counts[i] == 1)
                .mapToObj(ids::get)
                .toList();
    }
}
