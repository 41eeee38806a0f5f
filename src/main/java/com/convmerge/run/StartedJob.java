package com.convmerge.run;

import com.convmerge.batch.MergeJob;
import com.convmerge.batch.MergeRun;
import com.convmerge.batch.RunParameters;
import com.convmerge.batch.UndoJob;
import com.convmerge.report.RunRecord;
import com.convmerge.undo.UndoOrder;
import com.convmerge.undo.UndoSelector;
import com.convmerge.undo.Undos;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.springframework.batch.core.job.Job;

/**
 * What a run does, and with which parameters.
 *
 * @param jobs builds the job
 * @param onBegun takes the number of the run before its job is launched
 */
record StartedJob(Jobs jobs, RunRecord.Kind kind, RunParameters parameters, LongConsumer onBegun) {
    Job of(MergeRun run) {
        return kind == RunRecord.Kind.UNDO ? jobs.undo.of(run) : jobs.merge.of(run);
    }

    /** The jobs that there are. */
    record Jobs(MergeJob merge, UndoJob undo, UndoSelector selector, Undos undos) {
        /** A new run that merges. */
        StartedJob merge(RunParameters parameters) {
            return again(RunRecord.Kind.MERGE, parameters);
        }

        /** A run that goes on. */
        StartedJob again(RunRecord.Kind kind, RunParameters parameters) {
            return new StartedJob(this, kind, parameters, number -> {});
        }

        /** A new run that takes merges back. Which these are is written down when it has a number. */
        StartedJob undo(RunParameters parameters, UndoOrder order, LongFunction<List<Long>> executionsOf) {
            List<Long> merges = selector.select(order, executionsOf);
            return new StartedJob(this, RunRecord.Kind.UNDO, parameters, number -> undos.ask(merges, number, order));
        }
    }
}
