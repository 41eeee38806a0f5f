package com.convmerge.batch;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;

/** Takes merges back, step after step. It is built anew for each run, as {@link MergeJob} is. */
public record UndoJob(
        JobRepository repository,
        StepFactory steps,
        RunFrame frame,
        UndoMergesStep undoMerges,
        TellOfUndoneStep tellOfUndone,
        SettleStep settle) {
    /** Its name in Spring Batch's tables. */
    public static final String NAME = "undoMerges";

    /** The job for one run, whose merges are written down already. */
    public Job of(MergeRun run) {
        return new JobBuilder(NAME, repository)
                .listener(new RunEndListener(run))
                .start(steps.tasklet(MergeJob.PREFLIGHT, run, () -> preflight(run)))
                .next(undoMerges.of(run))
                .next(undoMerges.settle(run))
                .next(tellOfUndone.of(run))
                .next(settle.ofNotes(run))
                .next(steps.tasklet("writeReport", run, () -> frame.writeReport(run)))
                .build();
    }

    /** Makes no tag, which an undo does not need. */
    private void preflight(MergeRun run) {
        run.workspace(run.gate.preflight().look(frame.enter(run)));
    }
}
