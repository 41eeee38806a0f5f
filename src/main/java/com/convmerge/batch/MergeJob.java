package com.convmerge.batch;

import com.convmerge.database.Statistics;
import com.convmerge.ledger.Ledger;
import com.convmerge.requests.CheckedSurvivors;
import com.convmerge.requests.SnoozedSurvivors;
import com.convmerge.requests.SurvivorPlanner;
import com.convmerge.retries.Retries;
import java.time.Clock;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;

/** The night, step after step. The job is built anew for each run, so that runs share no state. */
public record MergeJob(
        JobRepository repository,
        StepFactory steps,
        RunFrame frame,
        CheckedSurvivors survivors,
        SnoozedSurvivors snoozed,
        ApplyMergesStep applyMerges,
        SettleStep settle,
        NotifySurvivorsStep notifySurvivors,
        TellOfUndoneStep tellOfUndone,
        Retries retries,
        SurvivorPlanner planner,
        Ledger ledger,
        FirstWrite firstWrite,
        Statistics statistics,
        Clock clock) {
    /** Its name in Spring Batch's tables. */
    public static final String NAME = "mergeConversations";

    /** The name of the first step, which asks and changes no request. */
    public static final String PREFLIGHT = "preflight";

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
                // An undo may have been killed before it could tell of what it had taken back.
                .next(tellOfUndone.of(run))
                .next(settle.ofNotes(run))
                .next(steps.tasklet("writeReport", run, () -> frame.writeReport(run)))
                .build();
    }

    private void preflight(MergeRun run) {
        run.workspace(run.gate.preflight().prepare(frame.enter(run)));
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
