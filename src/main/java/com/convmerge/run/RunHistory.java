package com.convmerge.run;

import com.convmerge.batch.MergeJob;
import com.convmerge.batch.RunCancellation;
import com.convmerge.batch.RunParameters;
import com.convmerge.batch.UndoJob;
import com.convmerge.report.RunRecord;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/** The executions of this and earlier runs in Spring Batch's tables, which know what can be restarted. */
public final class RunHistory {
    private static final List<String> JOBS = List.of(MergeJob.NAME, UndoJob.NAME);

    private final JobRepository repository;

    RunHistory(JobRepository repository) {
        this.repository = repository;
    }

    /** The last execution of the run that began at this time. */
    Optional<JobExecution> lastOf(Instant startedAt) {
        return JOBS.stream()
                .map(job -> repository.getLastJobExecution(job, RunParameters.identifying(startedAt)))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** All executions of the same run, restarts included. */
    List<JobExecution> sameRun(JobExecution execution) {
        return repository.getJobExecutions(execution.getJobInstance());
    }

    /**
     * Whether a run found this database older than what was done, and, as the last execution of all, has not looked at all of it
     * since. Runs must read each duplicate before its first note until then.
     */
    static boolean leavesUnverified(JobExecution last) {
        if (last.getExitStatus().getExitCode().equals(RunCancellation.Kind.DATABASE_OLDER.name())) {
            return true;
        }
        RunParameters parameters = RunParameters.of(last.getJobParameters());
        return parameters.verify() && (last.getStatus() != BatchStatus.COMPLETED || parameters.limit() != null);
    }

    /**
     * The last execution of the run that is to be continued.
     *
     * @throws RunRefused if it cannot be continued
     */
    JobExecution toRestart(RunRecord run) {
        String which = "run " + run.id() + " is ";
        if (run.executionId() == null) {
            throw RunRefused.nothingToRestart(which + run.outcome()
                    + ", and had not begun: there is nothing to restart. What it was to do is taken by: run");
        }
        JobExecution last = lastOf(run.startedAt())
                .orElseThrow(() -> RunRefused.nothingToRestart(
                        which + "not in Spring Batch's tables any more. What it left open is taken by: run"));
        // Spring Batch refuses a run of which any execution is one of these.
        for (JobExecution same : sameRun(last)) {
            if (same.getStatus() == BatchStatus.COMPLETED) {
                throw RunRefused.nothingToRestart(
                        which + "complete: there is nothing to restart. New and due requests are taken by: run");
            }
            if (same.getStatus() == BatchStatus.ABANDONED) {
                throw RunRefused.nothingToRestart(which
                        + "ABANDONED: somebody gave it up in Spring Batch's tables (JobOperator.abandon), so that it"
                        + " cannot be restarted. Nothing is lost; what it left open is taken by: run");
            }
        }
        return last;
    }

    /** Executions that Spring Batch considers running. While the lease is ours and our run has not begun, they are dead. */
    Set<JobExecution> unfinished() {
        return JOBS.stream()
                .flatMap(job -> repository.findRunningJobExecutions(job).stream())
                .collect(Collectors.toSet());
    }

    /**
     * Marks a dead execution FAILED, so that it can be restarted. Spring Batch's {@code recover} does the same, but not for the
     * status UNKNOWN, which is written when the database is away at the end of a run. It does not matter how far such a step got,
     * because each step starts from what the rows say.
     */
    void recover(JobExecution execution) {
        for (StepExecution step : execution.getStepExecutions()) {
            if (step.getStatus().isRunning() || step.getStatus() == BatchStatus.UNKNOWN) {
                step.setStatus(BatchStatus.FAILED);
                step.setEndTime(LocalDateTime.now(ZoneId.systemDefault()));
                repository.update(step);
            }
        }
        execution.setStatus(BatchStatus.FAILED);
        execution.setEndTime(LocalDateTime.now(ZoneId.systemDefault()));
        repository.update(execution);
    }
}
