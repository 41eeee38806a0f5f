package com.convmerge.job;

import com.convmerge.apply.Preflight;
import com.convmerge.intake.Requests;
import com.convmerge.merge.ConfigurationProblem;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.context.SmartLifecycle;

/**
 * Starts, restarts, recovers and stops runs: one at a time on a database, and a run has ended only when no call of it can
 * leave any more.
 *
 * <p>Being a {@link SmartLifecycle}, it drains the run before Spring takes the database away, on SIGTERM and Ctrl-C as well.
 */
public final class MergeRuns implements SmartLifecycle {
    private final JobOperator operator;
    private final RunHistory history;
    private final Job job;
    private final Requests requests;
    private final StepParts parts;
    private final RunLock lock;
    private final Clock clock;
    private volatile @Nullable CountDownLatch underWay;

    MergeRuns(
            JobOperator operator,
            RunHistory history,
            Job job,
            Requests requests,
            StepParts parts,
            RunLock lock,
            Clock clock) {
        this.operator = operator;
        this.history = history;
        this.job = job;
        this.requests = requests;
        this.parts = parts;
        this.lock = lock;
        this.clock = clock;
    }

    /**
     * Starts a new run over all that is open, also what a broken run left behind, and returns when it has ended.
     *
     * @param limit how many requests it applies at most; null for all
     * @throws RunRefused if another run is under way
     */
    public RunEnd run(@Nullable Long limit) {
        return underLock(() -> {
            history.unfinished().forEach(history::recover);
            RunParameters parameters = new RunParameters(clock.instant(), requests.lastId(), limit);
            return operator.start(job, parameters.toJobParameters());
        });
    }

    /**
     * Continues an execution that failed, was stopped or was killed, and returns when it has ended.
     *
     * @param executionId null for the last one
     * @throws RunRefused if another run is under way, or there is no such execution, or it is complete
     */
    public RunEnd restart(@Nullable Long executionId) {
        return underLock(() -> {
            JobExecution last = toRestart(executionId);
            history.unfinished().forEach(history::recover);
            if (last.getStatus() == BatchStatus.UNKNOWN || last.isRunning()) {
                history.recover(last);
            }
            return operator.restart(last);
        });
    }

    private JobExecution toRestart(@Nullable Long executionId) {
        Optional<JobExecution> found = executionId == null ? history.newest() : history.find(executionId);
        JobExecution execution = found.orElseThrow(() -> RunRefused.nothingToRestart(
                executionId == null
                        ? "there is no run to restart yet; begin with: run"
                        : "there is no execution " + executionId + "; 'status' lists the last ones"));
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            throw RunRefused.nothingToRestart("execution " + execution.getId()
                    + " is complete: there is nothing to restart. New and due requests are taken by: run");
        }
        return execution;
    }

    private RunEnd underLock(Callable<JobExecution> launch) {
        if (!lock.take()) {
            throw RunRefused.anotherIsUnderWay(
                    lock.holder().map(LockOwner::told).orElse("it has just begun"));
        }
        CountDownLatch ended = new CountDownLatch(1);
        underWay = ended;
        try {
            return end(launch.call());
        } catch (RunRefused e) {
            throw e;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Spring Batch would not launch the job: " + e.getMessage(), e);
        } finally {
            drain();
            lock.giveBack();
            ended.countDown();
            underWay = null;
        }
    }

    /** A step may return while items of a failed chunk are still queued; no call may leave after the run has ended. */
    private void drain() {
        parts.brake().pull(RunBrake.Kind.STOPPED, "the run has ended");
        try {
            parts.inHand().awaitNone();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        parts.brake().release();
    }

    private RunEnd end(JobExecution execution) {
        long id = execution.getId();
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            return new RunEnd(id, RunEnd.Kind.COMPLETED, "");
        }
        Optional<RunBrake.Reason> reason = parts.brake().reason();
        if (reason.isPresent() && reason.get().kind() == RunBrake.Kind.STOPPED) {
            return new RunEnd(id, RunEnd.Kind.STOPPED, reason.get().message());
        }
        List<Throwable> failures = execution.getAllFailureExceptions();
        boolean misconfigured = failures.stream().anyMatch(MergeRuns::isMisconfiguration);
        String message = reason.map(RunBrake.Reason::message).orElseGet(() -> failures.stream()
                .findFirst()
                .map(Problems::oneLine)
                .orElse("it ended as " + execution.getStatus()));
        return new RunEnd(id, misconfigured ? RunEnd.Kind.MISCONFIGURED : RunEnd.Kind.FAILED, message);
    }

    private static boolean isMisconfiguration(Throwable failure) {
        return failure instanceof ConfigurationProblem
                || failure instanceof Preflight.Refused refused && refused.isConfiguration();
    }

    @Override
    public void start() {
        // A run is started by a command, not with the context.
    }

    /** Begins no request any more and returns when those in hand are done and the run's end is written down. */
    @Override
    public void stop() {
        CountDownLatch ended = underWay;
        if (ended == null) {
            return;
        }
        parts.brake().pull(RunBrake.Kind.STOPPED, "the program was told to end");
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return underWay != null;
    }
}
