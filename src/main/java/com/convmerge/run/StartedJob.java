package com.convmerge.run;

import com.convmerge.batch.MergeJob;
import com.convmerge.batch.MergeRun;
import com.convmerge.batch.RunParameters;
import com.convmerge.batch.UndoJob;
import com.convmerge.report.RunRecord;
import com.convmerge.requests.PendingRequests;
import com.convmerge.undo.UndoOrder;
import com.convmerge.undo.UndoSelector;
import com.convmerge.undo.Undos;
import java.time.Clock;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;

/**
 * What a run does, and with which parameters.
 *
 * @param jobs builds the job
 * @param onBegun takes the number of the run before its job is launched
 */
record StartedJob(Jobs jobs, RunRecord.Kind kind, RunParameters parameters, LongConsumer onBegun) {
    Job of(MergeRun run) {
        return isUndo() ? jobs.undo.of(run) : jobs.merge.of(run);
    }

    boolean isUndo() {
        return kind == RunRecord.Kind.UNDO;
    }

    /** How many requests were left alone because their rows were changed after they were planned. */
    long countChanged() {
        return isUndo() ? 0 : jobs.requests.countChanged(parameters.upToId());
    }

    /**
     * The jobs that there are. Each of its methods is called when the lease is ours and no run of this program has begun, and sees first
     * to what was killed, because what is read before that would be out of date.
     */
    record Jobs(
            MergeJob merge,
            UndoJob undo,
            UndoSelector selector,
            Undos undos,
            RunJournal journal,
            PendingRequests requests,
            Clock clock) {
        /** A new run that merges all that is open. */
        StartedJob merge(RunOptions options) {
            journal.recoverKilled();
            RunParameters parameters =
                    new RunParameters(clock.instant(), requests.lastId(), options.limit(), options.verify());
            return started(RunRecord.Kind.MERGE, parameters.verifying(journal.mustVerify()));
        }

        /** A new run that takes merges back. Which these are is written down when it has a number. */
        StartedJob undo(UndoOrder order) {
            journal.recoverKilled();
            List<Long> merges = selector.select(order, journal::executionsOf);
            RunParameters parameters = new RunParameters(clock.instant(), requests.lastId(), null, false);
            return new StartedJob(this, RunRecord.Kind.UNDO, parameters, number -> undos.ask(merges, number, order));
        }

        /**
         * A run that goes on.
         *
         * @param number null for the last one
         * @throws RunRefused if there is no such run, or it cannot be continued
         */
        StartedJob again(@Nullable Long number, RunOptions options) {
            journal.recoverKilled();
            RunJournal.Restarting run = journal.restarting(number);
            return started(run.run().kind(), run.parameters().verifying(options.verify() || journal.mustVerify()));
        }

        private StartedJob started(RunRecord.Kind kind, RunParameters parameters) {
            return new StartedJob(this, kind, parameters, number -> {});
        }
    }
}
