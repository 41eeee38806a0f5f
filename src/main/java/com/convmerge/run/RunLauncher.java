package com.convmerge.run;

import com.convmerge.apply.GateFactory;
import com.convmerge.batch.MergeRun;
import com.convmerge.batch.RunCancellation;
import com.convmerge.batch.RunParameters;
import com.convmerge.batch.RunProgress;
import com.convmerge.intercom.RateLimitWindow;
import com.convmerge.merge.SteadyClock;
import com.convmerge.report.ErrorMessages;
import com.convmerge.report.RunRecord;
import com.convmerge.undo.UndoOrder;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Starts, restarts, recovers and stops runs: one at a time on a database. A run has ended only when no call of it can leave any
 * more.
 *
 * <p>As a {@link SmartLifecycle} it drains the run before Spring closes the database, also on SIGTERM and Ctrl-C.
 */
public final class RunLauncher implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RunLauncher.class);

    /** A restart believes that a survivor is there if it was found so lately; a day after a kill it may have been deleted. */
    private static final Duration SEEN_LATELY = Duration.ofMinutes(3);

    private final JobOperator operator;
    private final RunJournal journal;
    private final StartedJob.Jobs jobs;
    private final GateFactory gates;
    private final RunLease lease;
    private final RateLimitWindow window;
    private final Clock clock;
    private final SteadyClock steady;
    private final LastResort lastResort;
    private volatile @Nullable ActiveRun active;

    RunLauncher(
            JobOperator operator,
            RunJournal journal,
            StartedJob.Jobs jobs,
            GateFactory gates,
            RunLease lease,
            RateLimitWindow window,
            Clock clock,
            SteadyClock steady,
            LastResort lastResort) {
        this.operator = operator;
        this.journal = journal;
        this.jobs = jobs;
        this.gates = gates;
        this.lease = lease;
        this.window = window;
        this.clock = clock;
        this.steady = steady;
        this.lastResort = lastResort;
    }

    /** What others may ask of a run while it runs. */
    private record ActiveRun(
            RunCancellation cancellation, RunProgress progress, LeaseKeeper keeper, CountDownLatch ended) {}

    /**
     * Starts a new run over all that is open, also what a broken run left behind, and returns when it has ended.
     *
     * @param onEnd takes the end while the database is still there, also if the program is being ended
     * @throws RunRefused if another run is under way
     */
    public RunEnd run(RunOptions options, Consumer<RunEnd> onEnd) {
        return withLease(options, onEnd, () -> jobs.merge(options));
    }

    /**
     * Starts a run that takes merges back, and returns when it has ended.
     *
     * @param onEnd takes the end while the database is still there, also if the program is being ended
     * @throws RunRefused if another run is under way
     */
    public RunEnd undo(UndoOrder order, RunOptions options, Consumer<RunEnd> onEnd) {
        return withLease(options, onEnd, () -> jobs.undo(order));
    }

    /**
     * Continues a run that failed, was stopped or was killed, and returns when it has ended.
     *
     * @param number null for the last one
     * @param onEnd takes the end while the database is still there, also if the program is being ended
     * @throws RunRefused if another run is under way, or there is no such run, or it is complete
     */
    public RunEnd restart(@Nullable Long number, RunOptions options, Consumer<RunEnd> onEnd) {
        return withLease(options, onEnd, () -> jobs.again(number, options));
    }

    private RunEnd withLease(RunOptions options, Consumer<RunEnd> onEnd, Supplier<StartedJob> job) {
        if (!lease.take()) {
            throw RunRefused.anotherIsUnderWay(
                    lease.underWay().map(RunStatus::worker).orElse("it was killed a moment ago; try again in 20 s"));
        }
        RunCancellation cancellation = new RunCancellation();
        RunProgress progress = new RunProgress();
        try (LeaseKeeper keeper = new LeaseKeeper(
                lease,
                cancellation,
                () -> progress(progress, cancellation),
                journal::alive,
                window,
                clock,
                steady,
                options.until(),
                lastResort)) {
            ActiveRun run = new ActiveRun(cancellation, progress, keeper, new CountDownLatch(1));
            active = run;
            try {
                RunEnd end = launch(run, options, job);
                keeper.runHasEnded();
                onEnd.accept(end);
                return end;
            } finally {
                giveBack(keeper);
                active = null;
                run.ended().countDown();
            }
        }
    }

    private RunEnd launch(ActiveRun active, RunOptions options, Supplier<StartedJob> chosen) {
        RunCancellation cancellation = active.cancellation();
        LeaseKeeper keeper = active.keeper().start();
        StartedJob job = chosen.get();
        RunParameters started = job.parameters();
        Optional<RunRecord> before = journal.before(started);
        long number = journal.begin(started, job.kind());
        job.onBegun().accept(number);
        active.progress().begin(number);
        if (started.verify() && job.kind() == RunRecord.Kind.MERGE) {
            log.warn(
                    "each duplicate is read before its first note, because notes may be there that this database lost");
        }
        MergeRun run = new MergeRun(
                number,
                started,
                clock.instant().minus(SEEN_LATELY),
                cancellation,
                active.progress(),
                gates.open(keeper, started.verify()),
                options.waits());
        try {
            RunEnd end = RunEnd.of(
                    number, operator.start(job.of(run), started.toJobParameters()), cancellation, job::countChanged);
            run.drain();
            journal.end(end, run.executionId(), lease::isOurs);
            if (end.kind() == RunEnd.Kind.MISCONFIGURED) {
                before.ifPresent(journal::restore);
            }
            return end;
        } catch (RuntimeException e) {
            if (run.executionId() == 0 || !ErrorMessages.isDatabase(e)) {
                throw e;
            }
            // The run was on its way, and not even its end could be written down.
            RunEnd end = new RunEnd(number, RunEnd.Kind.FAILED, ErrorMessages.oneLine(e));
            run.drain();
            journal.end(end, run.executionId(), lease::isOurs);
            return end;
        } catch (JobExecutionException e) {
            throw new IllegalStateException("Spring Batch would not launch the job: " + e.getMessage(), e);
        } finally {
            // A step may return while items of a failed chunk are still queued.
            run.drain();
        }
    }

    /** If the database is away, nobody waits for it: the lease runs out by itself. */
    private void giveBack(LeaseKeeper keeper) {
        try {
            if (keeper.isFresh() || keeper.beat()) {
                lease.giveBack();
                return;
            }
        } catch (DataAccessException | TransactionException e) {
            // It is said below.
        }
        log.warn("the run lock could not be given back; it runs out in {} s", RunLease.LENGTH.toSeconds());
    }

    /** Ends the run in this program, if there is one, for a bug or for what the JVM lacks, such as memory. */
    public void broken(Throwable e) {
        ActiveRun run = active;
        if (run != null) {
            run.keeper().broken(e);
        }
    }

    /** How far the run in this program is; empty if there is none. */
    public Optional<Progress> progress() {
        return Optional.ofNullable(active).map(run -> progress(run.progress(), run.cancellation()));
    }

    private Progress progress(RunProgress progress, RunCancellation cancellation) {
        return Progress.of(
                progress, window.standsStill(steady.instant()).map(clock.instant()::plus), cancellation.endsAll());
    }

    /** What ends the run in this program early; empty if there is none. */
    Optional<RunCancellation> cancellation() {
        return Optional.ofNullable(active).map(ActiveRun::cancellation);
    }

    @Override
    public void start() {
        // A command starts a run, not the context.
    }

    /** Begins no request any more, and returns when those in flight are done and the run's end is written down and shown. */
    @Override
    public void stop() {
        ActiveRun run = active;
        if (run == null) {
            return;
        }
        run.cancellation().cancel(RunCancellation.Kind.STOPPED, "the program was told to end");
        try {
            run.ended().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return active != null;
    }
}
