package com.convmerge.batch;

import com.convmerge.apply.Preflight;
import com.convmerge.database.Statistics;
import com.convmerge.intercom.Admin;
import com.convmerge.ledger.DurableCommits;
import com.convmerge.ledger.Ledger;
import com.convmerge.report.ReportFiles;
import com.convmerge.report.ReportNotWritten;
import com.convmerge.report.RunRecorder;
import com.convmerge.requests.CheckedSurvivors;
import com.convmerge.requests.SnoozedSurvivors;
import com.convmerge.requests.SurvivorPlanner;
import com.convmerge.requests.WorkspaceBinding;
import com.convmerge.retries.Retries;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;

/** The night, step after step. The job is built anew for each run, so that runs share no state. */
public record MergeJob(
        JobRepository repository,
        StepFactory steps,
        CheckedSurvivors survivors,
        SnoozedSurvivors snoozed,
        ApplyMergesStep applyMerges,
        SettleStep settle,
        NotifySurvivorsStep notifySurvivors,
        WorkspaceBinding binding,
        Retries retries,
        SurvivorPlanner planner,
        Ledger ledger,
        FirstWrite firstWrite,
        DurableCommits commits,
        Statistics statistics,
        RunRecorder recorder,
        ReportFiles reports,
        Clock clock) {
    /** Its name in Spring Batch's tables. */
    public static final String NAME = "mergeConversations";

    /** The name of the first step, which asks and changes no request. */
    public static final String PREFLIGHT = "preflight";

    private static final Logger log = LoggerFactory.getLogger(MergeJob.class);

    /** The job for one run. */
    public Job of(MergeRun run) {
        SurvivorChecks checks = new SurvivorChecks(run, survivors, snoozed, clock);
        return new JobBuilder(NAME, repository)
                .listener(new RunEndListener(run))
                .start(steps.tasklet(PREFLIGHT, run, () -> preflight(run)))
                .next(steps.tasklet("resolveSurvivors", run, () -> resolveSurvivors(run)))
                .next(applyMerges.of(run, checks))
                .next(settle.ofRequests(run, checks))
                .next(notifySurvivors.of(run))
                .next(settle.ofNotes(run))
                .next(steps.tasklet("writeReport", run, () -> writeReport(run)))
                .build();
    }

    /** Asks Intercom who we are before anything is done, and whether this is the workspace of this database. */
    private void preflight(MergeRun run) {
        reports.check();
        commits.warnings().forEach(log::warn);
        Preflight preflight = run.gate.preflight();
        Admin admin = preflight.identify();
        binding.bind(admin.appIdCode());
        firstWrite.sayWhere(preflight.author(admin));
        run.workspace(preflight.prepare(admin));
    }

    /** What is merged is merged, also if the disk has filled up meanwhile; who shows the end of the run says that its report is missing. */
    private void writeReport(MergeRun run) {
        recorder.count(run.number, run.executionId());
        try {
            reports.write(run.number);
        } catch (ReportNotWritten e) {
            log.warn(e.getMessage());
        }
    }

    /** Takes what is due from the retry table, and decides for all open requests at once what becomes of them. */
    private void resolveSurvivors(MergeRun run) {
        retries.takeDue(clock.instant());
        run.progress.rejectedAtOnce(
                planner.resolveSurvivors(run.parameters.upToId(), ledger.begunRequests(), run.executionId()));
        statistics.refresh();
        firstWrite.sayHowMuch(run);
    }
}
