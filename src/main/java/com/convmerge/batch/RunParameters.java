package com.convmerge.batch;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * What a run was started with, and keeps through its restarts.
 *
 * @param startedAt when it was started for the first time; the one parameter that tells runs apart
 * @param upToId the last request that was there then: the run takes no later one, so it ends
 * @param limit how many requests each execution applies at most; null for all
 * @param verify whether each duplicate is read before its first note, because the ledger may have lost what was done
 */
public record RunParameters(
        Instant startedAt, long upToId, @Nullable Long limit, boolean verify) {
    private static final String STARTED_AT = "startedAt";
    private static final String UP_TO_ID = "upToId";
    private static final String LIMIT = "limit";
    private static final String VERIFY = "verify";

    public RunParameters {
        // As exact as the tables are, or what they hold of the same instant seems to be from before the run.
        startedAt = startedAt.truncatedTo(ChronoUnit.MICROS);
    }

    public static RunParameters of(JobParameters parameters) {
        return new RunParameters(
                Instant.parse(Objects.requireNonNull(parameters.getString(STARTED_AT))),
                Objects.requireNonNull(parameters.getLong(UP_TO_ID)),
                parameters.getLong(LIMIT),
                Boolean.parseBoolean(parameters.getString(VERIFY)));
    }

    /** The one parameter that tells the run that began at this time from all others. */
    public static JobParameters identifying(Instant startedAt) {
        return new JobParametersBuilder()
                .addString(STARTED_AT, startedAt.truncatedTo(ChronoUnit.MICROS).toString())
                .toJobParameters();
    }

    /** The same with {@code verify}, unless it is set already. */
    public RunParameters verifying(boolean needed) {
        return new RunParameters(startedAt, upToId, limit, verify || needed);
    }

    public JobParameters toJobParameters() {
        JobParametersBuilder builder = new JobParametersBuilder()
                .addString(STARTED_AT, startedAt.toString())
                .addLong(UP_TO_ID, upToId, false);
        if (limit != null) {
            builder.addLong(LIMIT, limit, false);
        }
        if (verify) {
            builder.addString(VERIFY, "true", false);
        }
        return builder.toJobParameters();
    }
}
