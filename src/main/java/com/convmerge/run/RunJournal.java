package com.convmerge.run;

import com.convmerge.batch.RunParameters;
import com.convmerge.report.ErrorMessages;
import com.convmerge.report.RunRecord;
import com.convmerge.report.RunRecorder;
import com.convmerge.report.RunRecords;
import com.convmerge.report.RunReports;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
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
    private final RunRecorder recorder;
    private final RunReports reports;

    RunJournal(RunHistory history, RunRecords records, RunRecorder recorder, RunReports reports) {
        this.history = history;
        this.records = records;
        this.recorder = recorder;
        this.reports = reports;
    }

    /** Writes down that a run begins, or goes on; returns its number. */
    long begin(RunParameters parameters, RunRecord.Kind kind) {
        return recorder.begin(parameters.startedAt(), kind);
    }

    /** The record of the run that is to go on with these parameters; empty if they are a new run's. */
    Optional<RunRecord> before(RunParameters parameters) {
        return records.startedAt(parameters.startedAt());
    }

    /** Puts the record back as it was: the restart was refused before it did anything. */
    void restore(RunRecord before) {
        recorder.restore(before);
    }

    /** Writes down that the run is alive, if it has begun. If that cannot be written, it is the lease that says whether it matters. */
    void alive(Progress progress, Instant now) {
        if (progress.run() == 0) {
            return;
        }
        try {
            recorder.alive(progress.run(), now);
        } catch (DataAccessException | TransactionException e) {
            log.debug("run {} could not be marked as alive: {}", progress.run(), ErrorMessages.oneLine(e));
        }
    }

    /**
     * Writes down how a run ended. If that cannot be done, the next run does it.
     *
     * @param isOurs whether the database is still this run's, asked in the same transaction: another run may have taken over, and
     *     go on with the same record
     */
    void end(RunEnd end, long executionId, BooleanSupplier isOurs) {
        try {
            recorder.end(end.run(), executionId, end.outcome(), end.message(), isOurs);
        } catch (DataAccessException | TransactionException e) {
            log.warn("the end of run {} could not be written down: {}", end.run(), ErrorMessages.oneLine(e));
        }
    }

    /** Whether runs must read each duplicate before its first note, as {@link RunHistory#leavesUnverified} says of the last one. */
    boolean mustVerify() {
        // An undo may be the one that finds it, but it does not look at all.
        return Stream.of(records.lastAtWork(), records.lastMerging())
                .flatMap(Optional::stream)
                .flatMap(run -> history.lastOf(run.startedAt()).stream())
                .anyMatch(RunHistory::leavesUnverified);
    }

    /**
     * While the lease is ours and our run has not begun, whatever seems to be under way was killed, or could not write down its end.
     * What it has done is counted first: once its execution is recovered, nothing tells that it has not been.
     */
    void recoverKilled() {
        for (RunRecord run : records.running()) {
            Optional<JobExecution> last = history.lastOf(run.startedAt());
            recorder.endUnwritten(
                    run,
                    last.map(JobExecution::getId).orElse(0L),
                    last.map(RunJournal::outcome).orElse(RunRecord.Outcome.KILLED));
        }
        history.unfinished().forEach(history::recover);
    }

    /**
     * Does the same for somebody who wants to see what a killed run has done before the next run writes it down; does nothing if a run
     * is under way.
     */
    public void recoverKilled(RunLease lease) {
        if (lease.take()) {
            try {
                recoverKilled();
            } finally {
                lease.giveBack();
            }
        }
    }

    /** A run while none is under way: if it seems to be, it was killed, and what it has done is counted now. */
    public RunRecord seenByOthers(RunRecord run) {
        if (run.outcome() != RunRecord.Outcome.RUNNING) {
            return run;
        }
        return run.killed(history.lastOf(run.startedAt())
                .map(last -> run.kind() == RunRecord.Kind.UNDO
                        ? reports.undoSummary(run.id())
                        : reports.summary(last.getId()))
                .orElse(run.summary()));
    }

    private static RunRecord.Outcome outcome(JobExecution last) {
        return switch (last.getStatus()) {
            case COMPLETED -> RunRecord.Outcome.COMPLETED;
            case STOPPED -> RunRecord.Outcome.STOPPED;
            case FAILED, UNKNOWN -> RunRecord.Outcome.FAILED;
            default -> RunRecord.Outcome.KILLED;
        };
    }

    /**
     * The run that is to be continued, and what it was started with, once it was made ready for that.
     *
     * @param number null for the last one
     * @throws RunRefused if there is no such run, or it cannot be continued
     */
    Restarting restarting(@Nullable Long number) {
        RunRecord run = asked(number);
        JobExecution last = history.toRestart(run);
        history.sameRun(last).stream()
                .filter(execution -> execution.getStatus() == BatchStatus.UNKNOWN)
                .forEach(history::recover);
        return new Restarting(run, RunParameters.of(last.getJobParameters()));
    }

    /** A run that is to be continued. */
    record Restarting(RunRecord run, RunParameters parameters) {}

    /** The executions of a run in Spring Batch's tables; empty if it has none. */
    public List<Long> executionsOf(long number) {
        return records.find(number).flatMap(run -> history.lastOf(run.startedAt())).stream()
                .flatMap(last -> history.sameRun(last).stream())
                .map(JobExecution::getId)
                .toList();
    }

    private RunRecord asked(@Nullable Long number) {
        return number == null
                ? records.lastBegun()
                        .orElseThrow(
                                () -> RunRefused.nothingToRestart("there is no run to restart yet; begin with: run"))
                : records.find(number)
                        .orElseThrow(() -> RunRefused.nothingToRestart(
                                "there is no run " + number + "; 'status' lists the last ones"));
    }
}
