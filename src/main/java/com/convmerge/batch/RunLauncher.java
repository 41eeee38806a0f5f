package com.convmerge.batch;

import com.convmerge.apply.Preflight;
import com.convmerge.intercom.RateLimitWindow;
import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.requests.Requests;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Starts, restarts, recovers and stops runs: one at a time on a database, and a run has ended only when no call of it can
 * leave any more.
 *
 * <p>Being a {@link SmartLifecycle}, it drains the run before Spring takes the database away, on SIGTERM and Ctrl-C as well.
 */
public final class RunLauncher implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RunLauncher.class);

    private final JobOperator operator;
    private final RunHistory history;
    private final Job job;
    private final Requests requests;
    private final StepParts parts;
    private final RunLease lock;
    private final RateLimitWindow budget;
    private final Clock clock;
    private volatile @Nullable CountDownLatch underWay;

    RunLauncher(
            JobOperator operator,
            RunHistory history,
            Job job,
            Requests requests,
            StepParts parts,
            RunLease lock,
            RateLimitWindow budget,
            Clock clock) {
        this.operator = operator;
        this.history = history;
        this.job = job;
        this.requests = requests;
        this.parts = parts;
        this.lock = lock;
        this.budget = budget;
        this.clock = clock;
    }

    /**
     * Starts a new run over all that is open, also what a broken run left behind, and returns when it has ended.
     *
     * @param tell takes the end while the database is still there, also if the program is being ended
     * @throws RunRefused if another run is under way
     */
    public RunEnd run(RunOptions options, Consumer<RunEnd> tell) {
        return underLock(options.until(), tell, () -> {
            history.unfinished().forEach(history::recover);
            RunParameters parameters = new RunParameters(clock.instant(), requests.lastId(), options.limit());
            return operator.start(job, parameters.toJobParameters());
        });
    }

    /**
     * Continues an execution that failed, was stopped or was killed, and returns when it has ended. It keeps the limit that it
     * was started with.
     *
     * @param executionId null for the last one
     * @param until when it begins no further merge; null for never
     * @param tell takes the end while the database is still there, also if the program is being ended
     * @throws RunRefused if another run is under way, or there is no such execution, or it is complete
     */
    public RunEnd restart(@Nullable Long executionId, @Nullable Instant until, Consumer<RunEnd> tell) {
        return underLock(until, tell, () -> {
            // First, as what is read before is out of date after it.
            history.unfinished().forEach(history::recover);
            JobExecution last = toRestart(executionId);
            if (last.getStatus() == BatchStatus.UNKNOWN) {
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

    private RunEnd underLock(@Nullable Instant until, Consumer<RunEnd> tell, Callable<JobExecution> launch) {
        if (!lock.take()) {
            throw RunRefused.anotherIsUnderWay(
                    lock.underWay().map(RunStatus::worker).orElse("it was killed a moment ago; try again in 20 s"));
        }
        CountDownLatch ended = new CountDownLatch(1);
        underWay = ended;
        try {
            RunEnd end = launchAndDrain(until, launch);
            tell.accept(end);
            return end;
        } finally {
            underWay = null;
            ended.countDown();
        }
    }

    private RunEnd launchAndDrain(@Nullable Instant until, Callable<JobExecution> launch) {
        parts.intercom().open();
        parts.progress().executing(0);
        try (LeaseKeeper heartbeat = new LeaseKeeper(lock, parts, budget, clock, until).start()) {
            heartbeat.beat();
            heartbeat.watch();
            parts.intercom().onlyWhile(heartbeat::holds);
            return end(launch.call());
        } catch (RuntimeException e) {
            long id = parts.progress().executionId();
            if (id == 0 || !ErrorMessages.isDatabase(e)) {
                throw e;
            }
            // The run was on its way, and not even its end could be written down.
            return new RunEnd(id, RunEnd.Kind.FAILED, ErrorMessages.oneLine(e));
        } catch (Exception e) {
            throw new IllegalStateException("Spring Batch would not launch the job: " + e.getMessage(), e);
        } finally {
            drain();
            parts.intercom().onlyWhile(() -> true);
            giveBack();
        }
    }

    /** If the database is away, the lease runs out by itself. */
    private void giveBack() {
        try {
            lock.giveBack();
        } catch (DataAccessException | TransactionException e) {
            log.warn("the run lock could not be given back; it runs out in {} s", RunLease.LEASE.toSeconds());
        }
    }

    /** A step may return while items of a failed chunk are still queued; no call may leave after the run has ended. */
    private void drain() {
        parts.brake().pull(RunCancellation.Kind.STOPPED, "the run has ended");
        try {
            parts.inHand().awaitNone();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        parts.brake().release();
        parts.breaker().reset();
    }

    private RunEnd end(JobExecution execution) {
        long id = execution.getId();
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            return new RunEnd(id, RunEnd.Kind.COMPLETED, "");
        }
        Optional<RunCancellation.Reason> reason = parts.brake().reason();
        if (reason.isPresent() && reason.get().kind() != RunCancellation.Kind.FAILED) {
            return new RunEnd(id, RunEnd.Kind.STOPPED, reason.get().message());
        }
        List<Throwable> failures = execution.getAllFailureExceptions();
        boolean misconfigured = failures.stream().anyMatch(RunLauncher::isMisconfiguration);
        String message = reason.map(RunCancellation.Reason::message).orElseGet(() -> failures.stream()
                .findFirst()
                .map(ErrorMessages::oneLine)
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

    /** Begins no request any more and returns when those in hand are done and the run's end is written down and told. */
    @Override
    public void stop() {
        CountDownLatch ended = underWay;
        if (ended == null) {
            return;
        }
        parts.brake().pull(RunCancellation.Kind.STOPPED, "the program was told to end");
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
