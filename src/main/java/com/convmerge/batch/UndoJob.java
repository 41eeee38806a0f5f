package com.convmerge.batch;

import com.convmerge.apply.Preflight;
import com.convmerge.intercom.Admin;
import com.convmerge.ledger.DurableCommits;
import com.convmerge.report.ReportFiles;
import com.convmerge.report.ReportNotWritten;
import com.convmerge.report.RunRecorder;
import com.convmerge.requests.WorkspaceBinding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;

/** Takes merges back, step after step. It is built anew for each run, as {@link MergeJob} is. */
public record UndoJob(
        JobRepository repository,
        StepFactory steps,
        UndoMergesStep undoMerges,
        TellOfUndoneStep tellOfUndone,
        WorkspaceBinding binding,
        FirstWrite firstWrite,
        DurableCommits commits,
        RunRecorder recorder,
        ReportFiles reports) {
    /** Its name in Spring Batch's tables. */
    public static final String NAME = "undoMerges";

    private static final Logger log = LoggerFactory.getLogger(UndoJob.class);

    /** The job for one run, whose merges are written down already. */
    public Job of(MergeRun run) {
        return new JobBuilder(NAME, repository)
                .listener(new RunEndListener(run))
                .start(steps.tasklet(MergeJob.PREFLIGHT, run, () -> preflight(run)))
                .next(undoMerges.of(run))
                .next(undoMerges.settle(run))
                .next(tellOfUndone.of(run))
                .next(tellOfUndone.settle(run))
                .next(steps.tasklet("writeReport", run, () -> writeReport(run)))
                .build();
    }

    /** As before a merge: who we are, and whether this is the workspace of this database. No tag is made that nobody needs. */
    private void preflight(MergeRun run) {
        reports.check();
        commits.warnings().forEach(log::warn);
        Preflight preflight = run.gate.preflight();
        Admin admin = preflight.identify();
        binding.bind(admin.appIdCode());
        firstWrite.sayWhere(preflight.author(admin));
        run.workspace(preflight.look(admin));
    }

    private void writeReport(MergeRun run) {
        recorder.count(run.number, run.executionId());
        try {
            reports.write(run.number);
        } catch (ReportNotWritten e) {
            log.warn(e.getMessage());
        }
    }
}
