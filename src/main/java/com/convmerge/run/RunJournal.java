package com.convmerge.run;

import com.convmerge.batch.RunParameters;
import com.convmerge.report.ErrorMessages;
import com.convmerge.report.RunRecord;
import com.convmerge.report.RunRecords;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What is written down about runs, this one and those before: their records, and their executions in Spring Batch's tables. */
public final class RunJournal {
    private static final Logger log = LoggerFactory.getLogger(RunJournal.class);

    private final RunHistory history;
    private final RunRecords records;

    RunJournal(RunHistory history, RunRecords records) {
        this.history = history;
        this.records = records;
    }

    /** Writes down that a run begins, or goes on; returns its number. */
    long begin(RunParameters parameters) {
        return records.begin(parameters.startedAt());
    }

    /** Writes down that the run is alive, if it has begun. */
    void alive(Progress progress, Instant now) {
        if (progress.run() != 0) {
            records.alive(progress.run(), now);
        }
    }

    /** Writes down how a run ended. One whose end cannot be written down is recorded as killed by the next one. */
    void end(RunEnd end, long executionId) {
        try {
            records.end(end.run(), executionId, end.outcome(), end.message());
        } catch (DataAccessException | TransactionException e) {
            log.warn("the end of run {} could not be written down: {}", end.run(), ErrorMessages.oneLine(e));
        }
    }

    /** Whether runs must read each duplicate before its first note, as {@link RunHistory#mustVerify} says. */
    boolean mustVerify() {
        return history.mustVerify();
    }

    /** While the lease is ours and our run has not begun, whatever seems to be under way was killed. */
    void recoverKilled() {
        for (JobExecution killed : history.unfinished()) {
            history.recover(killed);
            records.killed(RunParameters.of(killed.getJobParameters()).startedAt(), killed.getId());
        }
        records.allKilled();
    }

    /**
     * What the run was started with that is to be continued, once it was made ready for that.
     *
     * @param number null for the last one
     * @throws RunRefused if there is no such run, or it cannot be continued
     */
    RunParameters restarting(@Nullable Long number) {
        JobExecution last = history.toRestart(asked(number));
        history.sameRun(last).stream()
                .filter(execution -> execution.getStatus() == BatchStatus.UNKNOWN)
                .forEach(history::recover);
        return RunParameters.of(last.getJobParameters());
    }

    private RunRecord asked(@Nullable Long number) {
        return number == null
                ? records.last(1).stream()
                        .findFirst()
                        .orElseThrow(
                                () -> RunRefused.nothingToRestart("there is no run to restart yet; begin with: run"))
                : records.find(number)
                        .orElseThrow(() -> RunRefused.nothingToRestart(
                                "there is no run " + number + "; 'status' lists the last ones"));
    }
}
