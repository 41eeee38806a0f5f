package com.convmerge.batch;

import com.convmerge.apply.Outcome;
import com.convmerge.apply.SurvivorCheck;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.OperationKind;
import com.convmerge.requests.CheckedSurvivors;
import com.convmerge.requests.Requests;
import com.convmerge.requests.SnoozedSurvivors;
import com.convmerge.requests.Survivor;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.Chunk;

/** checkParents: reads each distinct survivor once. The requests of one that is missing go to the retry table. */
record CheckSurvivorsStep(
        StepFactory steps, CheckedSurvivors survivors, SnoozedSurvivors snoozed, Requests requests, Clock clock) {
    /** @param rejection why nothing may be merged into the survivor; null if it may */
    private record Checked(
            Survivor survivor,
            @Nullable String rejection,
            @Nullable Instant snoozedUntil) {}

    Step of(MergeRun run) {
        Blame blame = steps.blame(run, OperationKind.SURVIVOR_CHECK, () -> {});
        return steps.<Survivor, Checked>chunks("checkParents", run)
                .reader(new LoadedItemReader<>(
                        run.cancellation::endsMerges,
                        () -> survivors.unchecked(run.checkedSince, run.parameters.upToId())))
                .processor(new CancellableItemProcessor<>(
                        run,
                        run.cancellation::endsMerges,
                        survivor -> check(survivor, run),
                        survivor -> new RequestFailedException.Item(
                                survivor.requestIds(), "parent", survivor.conversation()),
                        // A check has no doubt: what failed is tried again with its requests.
                        (survivor, doubt) -> {},
                        run::observe,
                        blame))
                .listener(new BlameListener(run, blame))
                .writer(checked -> write(checked, run))
                .build();
    }

    private static Outcome<Checked> check(Survivor survivor, MergeRun run) {
        Outcome<SurvivorCheck.Result> outcome =
                run.gate.survivors().check(survivor.conversation(), run.workspace(), run.executionId());
        return outcome.map(result -> new Checked(
                survivor,
                result.rejection() == null ? null : result.rejection() + " (convmerge.closed-parent=reject)",
                result.seen().snoozedUntil()));
    }

    private void write(Chunk<? extends Checked> checked, MergeRun run) {
        List<ConversationId> found = new ArrayList<>();
        Map<ConversationId, Instant> until = new HashMap<>();
        for (Checked one : checked) {
            if (one.rejection() == null) {
                ConversationId survivor = one.survivor().conversation();
                found.add(survivor);
                if (one.snoozedUntil() != null) {
                    until.put(survivor, one.snoozedUntil());
                }
            } else {
                requests.reject(one.survivor().requestIds(), one.rejection(), run.executionId());
            }
        }
        survivors.found(found, clock.instant());
        snoozed.seen(until);
    }
}
