package com.convmerge.merge;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Instants in columns of the type {@code TIMESTAMP WITH TIME ZONE}, the same on H2 and PostgreSQL. */
public final class SqlTime {
    /** A time that is further away means never: PostgreSQL's {@code infinity} is no instant that Java can hold. */
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private static final Instant FIRST = Instant.EPOCH;

    private SqlTime() {}

    /** The parameter for an instant. */
    public static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** The parameter for an instant that may be missing. */
    public static @Nullable OffsetDateTime utcOrNull(@Nullable Instant instant) {
        return instant == null ? null : utc(instant);
    }

    /** The instant in a column that may be null. */
    public static @Nullable Instant nullable(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        if (time == null) {
            return null;
        }
        if (time.getYear() < FIRST.atOffset(ZoneOffset.UTC).getYear()) {
            return FIRST;
        }
        return time.getYear() < LAST.atOffset(ZoneOffset.UTC).getYear() ? time.toInstant() : LAST;
    }

    /** The instant in a column that is never null. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(nullable(row, column), column);
    }
}
