package com.convmerge.run;

import com.convmerge.batch.MergeJob;
import com.convmerge.batch.RunCancellation;
import com.convmerge.batch.RunParameters;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.EmptyResultDataAccessException;

/** The executions of this and earlier runs, read from Spring Batch's tables. */
public final class RunHistory {
    private final JobRepository repository;

    RunHistory(JobRepository repository) {
        this.repository = repository;
    }

    /** The last executions, newest first. Spring Batch stores their times without a zone; they are taken as this machine's. */
    public List<Execution> last(int count) {
        return repository.getJobInstances(MergeJob.NAME, 0, count).stream()
                .flatMap(instance -> repository.getJobExecutions(instance).stream())
                .sorted(Comparator.comparingLong(JobExecution::getId).reversed())
                .limit(count)
                .map(RunHistory::execution)
                .toList();
    }

    /** Whether there is such an execution. Those of other programs' jobs, which may share the tables, do not count. */
    public boolean exists(long executionId) {
        return find(executionId).isPresent();
    }

    Optional<JobExecution> find(long executionId) {
        try {
            return Optional.ofNullable(repository.getJobExecution(executionId))
                    .filter(execution -> execution.getJobInstance().getJobName().equals(MergeJob.NAME));
        } catch (EmptyResultDataAccessException e) {
            // Spring Batch 6.0.6 throws this if there is none, although its Javadoc says null.
            return Optional.empty();
        }
    }

    /** All executions of the same run, restarts included. */
    List<JobExecution> sameRun(JobExecution execution) {
        return repository.getJobExecutions(execution.getJobInstance());
    }

    Optional<JobExecution> newest() {
        return last(1).stream().findFirst().flatMap(execution -> find(execution.id()));
    }

    /**
     * Whether a run found this database older than what was done, and none has looked at all of it since. Runs must read each
     * duplicate before its first note until then.
     */
    boolean mustVerify() {
        return newest().filter(RunHistory::leavesUnverified).isPresent();
    }

    private static boolean leavesUnverified(JobExecution last) {
        if (last.getExitStatus().getExitCode().equals(RunCancellation.Kind.DATABASE_OLDER.name())) {
            return true;
        }
        RunParameters parameters = RunParameters.of(last.getJobParameters());
        return parameters.verify() && (last.getStatus() != BatchStatus.COMPLETED || parameters.limit() != null);
    }

    /**
     * The execution that is to be continued.
     *
     * @param executionId null for the last one
     * @throws RunRefused if there is none, or it cannot be continued
     */
    JobExecution toRestart(@Nullable Long executionId) {
        Optional<JobExecution> found = executionId == null ? newest() : find(executionId);
        JobExecution execution = found.orElseThrow(() -> RunRefused.nothingToRestart(
                executionId == null
                        ? "there is no run to restart yet; begin with: run"
                        : "there is no execution " + executionId + "; 'status' lists the last ones"));
        // Spring Batch refuses a run of which any execution is one of these.
        for (JobExecution same : sameRun(execution)) {
            String which = "execution " + execution.getId()
                    + (same.getId() == execution.getId()
                            ? " is "
                            : " was restarted as execution " + same.getId() + ", which is ");
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
        return execution;
    }

    /** Executions that Spring Batch considers running. While the lease is ours and our run has not begun, they are dead. */
    Set<JobExecution> unfinished() {
        return repository.findRunningJobExecutions(MergeJob.NAME);
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

    private static Execution execution(JobExecution execution) {
        ZoneId zone = ZoneId.systemDefault();
        return new Execution(
                execution.getId(),
                execution.getStatus().name(),
                execution.getExitStatus().getExitDescription(),
                execution.getStartTime() == null
                        ? null
                        : execution.getStartTime().atZone(zone).toInstant(),
                execution.getEndTime() == null
                        ? null
                        : execution.getEndTime().atZone(zone).toInstant());
    }
}
