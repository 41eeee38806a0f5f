package com.convmerge.retries;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import com.convmerge.report.RequestReport;
import com.convmerge.report.RequestReports;
import com.convmerge.requests.RequestsConfiguration;
import com.convmerge.settings.SettingsConfiguration;
import com.convmerge.testing.Database;
import com.convmerge.testing.Parts;
import com.convmerge.testing.RequestTable;
import com.convmerge.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;

/** Base class of tests on the retry table of one database; it is emptied before each test, and two waits are configured. */
abstract class RetriesOnDatabase {
    static final RetryFilter ALL = new RetryFilter(List.of(), null, null);
    static final long EXECUTION = 5;
    static final Duration FIRST = Duration.ofMinutes(15);
    static final Duration SECOND = Duration.ofHours(1);
    static final Failure BUSY = new Failure(FailureKind.NOT_SENT, 429, "rate_limit_exceeded", "Too many", "req-1");
    static final Failure GONE = new Failure(FailureKind.NOT_FOUND, 404, "not_found", "Conversation not found", "req-2");

    final Database database;
    final RequestTable requests;
    final TestClock clock = new TestClock();
    final Retries retries;
    private final RequestReports reports;

    RetriesOnDatabase(Database database) {
        this.database = database;
        this.requests = new RequestTable(database);
        Parts parts = Parts.on(
                database,
                clock,
                new String[] {"convmerge.retries.backoff=" + FIRST + "," + SECOND},
                SettingsConfiguration.class,
                RequestsConfiguration.class,
                RetriesConfiguration.class,
                RequestReports.class);
        this.retries = parts.get(Retries.class);
        this.reports = parts.get(RequestReports.class);
    }

    @BeforeEach
    void startEmpty() {
        database.empty();
        clock.set(TestClock.START);
    }

    long fileNew(Failure failure) {
        long request = requests.add("10", "20");
        retries.file(request, OperationKind.NOTE, failure, EXECUTION);
        return request;
    }

    List<RequestReport> list(RetryFilter filter, int limit) {
        return reports.inRetryTable(filter, limit);
    }

    long count(RetryFilter filter) {
        return reports.countInRetryTable(filter);
    }

    RequestReport onlyRow() {
        List<RequestReport> rows = list(ALL, 10);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    RetryEntry onlyRetry() {
        return Objects.requireNonNull(onlyRow().retry());
    }
}
