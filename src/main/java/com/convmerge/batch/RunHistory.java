package com.convmerge.batch;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.EmptyResultDataAccessException;

/** The executions of former nights, from Spring Batch's tables. */
public final class RunHistory {
    static final String JOB_NAME = "mergeConversations";

    private final JobRepository repository;

    public RunHistory(JobRepository repository) {
        this.repository = repository;
    }

    /** The last executions, newest first; times are this machine's, as Spring Batch writes them. */
    public List<Execution> last(int count) {
        return repository.getJobInstances(JOB_NAME, 0, count).stream()
                .flatMap(instance -> repository.getJobExecutions(instance).stream())
                .sorted(Comparator.comparingLong(JobExecution::getId).reversed())
                .limit(count)
                .map(RunHistory::execution)
                .toList();
    }

    /** Whether there is such an execution. */
    public boolean exists(long executionId) {
        return find(executionId).isPresent();
    }

    Optional<JobExecution> find(long executionId) {
        try {
            return Optional.ofNullable(repository.getJobExecution(executionId));
        } catch (EmptyResultDataAccessException e) {
            // Spring Batch's way to say that there is none, as of 6.0.6; its Javadoc says null.
            return Optional.empty();
        }
    }

    Optional<JobExecution> newest() {
        return last(1).stream().findFirst().flatMap(execution -> find(execution.id()));
    }

    /** Executions that Spring Batch takes for running. Under the run lock, and before ours began, they are dead. */
    Set<JobExecution> unfinished() {
        return repository.findRunningJobExecutions(JOB_NAME);
    }

    /**
     * Marks a dead execution FAILED, so that it can be restarted: what Spring Batch's {@code recover} does, and also for
     * UNKNOWN, which it writes when the database was away as the run ended. Nothing depends on what such a step had reached,
     * as each starts from what the rows say.
     */
    void recover(JobExecution execution) {
        for (StepExecution step : execution.getStepExecutions()) {
            if (step.getStatus().isRunning() || step.getStatus() == BatchStatus.UNKNOWN) {
                step.setStatus(BatchStatus.FAILED);
                step.setEndTime(java.time.LocalDateTime.now(ZoneId.systemDefault()));
                repository.update(step);
            }
        }
        execution.setStatus(BatchStatus.FAILED);
        execution.setEndTime(java.time.LocalDateTime.now(ZoneId.systemDefault()));
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
