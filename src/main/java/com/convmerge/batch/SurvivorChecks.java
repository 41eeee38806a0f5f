package com.convmerge.batch;

import com.convmerge.apply.Outcome;
import com.convmerge.apply.SurvivorCheck;
import com.convmerge.intercom.Intercom;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import com.convmerge.report.ErrorMessages;
import com.convmerge.requests.CheckedSurvivors;
import com.convmerge.requests.SnoozedSurvivors;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at each survivor once in a run, when the first request is about to be merged into it: what the run does not come to costs no
 * call. What was found is known to the rest of the run. So is a failure, so that a survivor that is missing is asked for once, and
 * not for each of its duplicates.
 *
 * <p>Safe for use by many threads. The first that needs a survivor looks, and the others wait for what it finds.
 */
final class SurvivorChecks {
    private static final Outcome<Optional<String>> FOUND = new Outcome.Done<>(Optional.empty());
    private static final CompletableFuture<Outcome<Optional<String>>> IS_FOUND =
            CompletableFuture.completedFuture(FOUND);

    private final MergeRun run;
    private final CheckedSurvivors survivors;
    private final SnoozedSurvivors snoozed;
    private final Clock clock;
    private final Map<ConversationId, CompletableFuture<Outcome<Optional<String>>>> looks = new ConcurrentHashMap<>();

    SurvivorChecks(MergeRun run, CheckedSurvivors survivors, SnoozedSurvivors snoozed, Clock clock) {
        this.run = run;
        this.survivors = survivors;
        this.snoozed = snoozed;
        this.clock = clock;
    }

    /** Whether something may be merged into the survivor: the value says why not, and is empty if it may. */
    Outcome<Optional<String>> of(ConversationId survivor) {
        CompletableFuture<Outcome<Optional<String>>> look = new CompletableFuture<>();
        CompletableFuture<Outcome<Optional<String>>> others = looks.putIfAbsent(survivor, look);
        if (others != null) {
            return await(others);
        }
        try {
            Outcome<Optional<String>> outcome = look(survivor);
            look.complete(outcome);
            if (outcome.equals(FOUND)) {
                // There may be hundreds of thousands, so each keeps as little as it can.
                looks.put(survivor, IS_FOUND);
            }
            return outcome;
        } catch (RuntimeException | Error e) {
            look.completeExceptionally(e);
            throw e;
        }
    }

    private static Outcome<Optional<String>> await(CompletableFuture<Outcome<Optional<String>>> look) {
        try {
            return look.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Outcome<Optional<String>> look(ConversationId survivor) {
        if (survivors.isFoundSince(survivor, run.checkedSince)) {
            return FOUND;
        }
        try {
            Outcome<SurvivorCheck.Result> outcome =
                    run.gate.survivors().check(survivor, run.workspace(), run.executionId());
            if (outcome instanceof Outcome.Failed<SurvivorCheck.Result> failed) {
                observe(failed.failure());
            }
            return outcome.map(this::accept);
        } catch (RuntimeException e) {
            if (ErrorMessages.isDatabaseAway(e)) {
                throw e;
            }
            // A look only reads, so that nothing is in doubt.
            Failure fault = Blame.fault("parent " + survivor, e, FailureKind.NOT_SENT);
            run.countFault(fault);
            return new Outcome.Failed<>(OperationKind.SURVIVOR_CHECK, fault);
        }
    }

    /** Writes down that the survivor is there; returns why nothing may be merged into it all the same. */
    private Optional<String> accept(SurvivorCheck.Result result) {
        if (result.rejection() != null) {
            return Optional.of(result.rejection() + " (convmerge.closed-parent=reject)");
        }
        survivors.found(result.survivor(), clock.instant());
        Instant snoozedUntil = result.seen().snoozedUntil();
        if (snoozedUntil != null) {
            snoozed.seen(result.survivor(), snoozedUntil);
        }
        return Optional.empty();
    }

    /** A failure that may be Intercom's own counts once, however many requests it concerns. */
    private void observe(Failure failure) {
        boolean isCountedElsewhere =
                failure.kind() == FailureKind.STOPS_THE_RUN || Intercom.isHalted(failure) || Suspects.includes(failure);
        if (!isCountedElsewhere) {
            run.observe(failure);
        }
    }
}
