package com.convmerge.preview;

import com.convmerge.apply.Gate;
import com.convmerge.apply.GateFactory;
import com.convmerge.apply.NoteTexts;
import com.convmerge.apply.Outcome;
import com.convmerge.apply.Preflight;
import com.convmerge.apply.SurvivorCheck;
import com.convmerge.apply.SurvivorNoteApplier;
import com.convmerge.apply.Workspace;
import com.convmerge.intercom.Admin;
import com.convmerge.intercom.CallPermit;
import com.convmerge.intercom.RateLimitWindow;
import com.convmerge.ledger.Ledger;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKind;
import com.convmerge.preview.DryRunPlan.Line;
import com.convmerge.preview.DryRunPlan.Result;
import com.convmerge.requests.SurvivorNotes;
import com.convmerge.requests.WorkspaceBinding;
import com.convmerge.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Does all of a run's reading and none of its writing: it changes no row and makes no call that changes anything. That is why it
 * is no Spring Batch job, whose tables are rows too.
 */
public record DryRun(
        GateFactory gates,
        WorkspaceBinding binding,
        PlannedRequests requests,
        SurvivorNotes survivorNotes,
        Ledger ledger,
        NoteTexts notes,
        Settings settings,
        RateLimitWindow window,
        ThreadPoolTaskExecutor pool) {
    /** Who we are, and the tag. */
    private static final int CALLS_OF_PREFLIGHT = 2;

    /** What is snoozed is looked up before the first note; more than a page of it is rare. */
    private static final int CALLS_FOR_SNOOZED = 1;

    private static final int CALLS_OF_A_MERGE = 3;
    private static final int NOTES_SHOWN = 3;

    /**
     * What a run would do now.
     *
     * @param limit how many requests it would apply at most; null for all
     * @throws Preflight.Refused if Intercom does not let us work, or stops to in the middle
     */
    public DryRunPlan plan(@Nullable Long limit) {
        Gate gate = gates.open(CallPermit.ALWAYS, false);
        Admin admin = gate.preflight().identify();
        binding.check(admin.appIdCode());
        Workspace workspace = gate.preflight().look(admin);
        Map<Long, Line> lines = new LinkedHashMap<>();
        List<MergeRequest> merges = requests.find(lines);
        Map<ConversationId, Optional<Line>> unfit = checkSurvivors(merges, gate);
        Map<ConversationId, List<MergeRequest>> bySurvivor = new LinkedHashMap<>();
        List<MergeRequest> fit = new ArrayList<>();
        for (MergeRequest merge : merges) {
            Optional<Line> problem = unfit.getOrDefault(merge.survivor(), Optional.empty());
            boolean isLeft = problem.isEmpty() && limit != null && fit.size() >= limit;
            if (problem.isEmpty() && !isLeft) {
                fit.add(merge);
                bySurvivor
                        .computeIfAbsent(merge.survivor(), survivor -> new ArrayList<>())
                        .add(merge);
            }
            lines.put(
                    merge.id(),
                    problem.map(line -> Line.of(merge, line.outcome(), line.reason()))
                            .orElseGet(() -> Line.of(merge, isLeft ? Result.LEFT : Result.MERGE, null)
                                    .by(merge.strategyOr(settings.strategy()))));
        }
        long notesToWrite = survivorNotes(bySurvivor);
        long untold =
                survivorNotes.countUnlisted() + ledger.unsettledSurvivorNotes().size();
        return new DryRunPlan(
                gate.preflight().author(admin),
                List.copyOf(lines.values()),
                bySurvivor.size(),
                notesToWrite,
                untold,
                CALLS_OF_PREFLIGHT
                        + (fit.isEmpty() ? 0 : CALLS_FOR_SNOOZED)
                        + unfit.size()
                        + (long) CALLS_OF_A_MERGE * fit.size()
                        + notesToWrite
                        + untold,
                window.limit(),
                window.window(),
                samples(fit, bySurvivor, workspace));
    }

    /** The first notes on duplicates, and that on the first one's survivor. */
    private List<DryRunPlan.Note> samples(
            List<MergeRequest> fit, Map<ConversationId, List<MergeRequest>> bySurvivor, Workspace workspace) {
        List<DryRunPlan.Note> samples = new ArrayList<>();
        fit.stream()
                .limit(NOTES_SHOWN)
                .forEach(merge -> samples.add(
                        new DryRunPlan.Note(merge.duplicate(), OperationKind.NOTE, notes.preview(merge, workspace))));
        if (settings.notifyParents()) {
            bySurvivor.entrySet().stream().limit(1).forEach(first -> {
                List<MergeRequest> merged = first.getValue();
                List<MergeRequest> listed =
                        merged.subList(0, Math.min(merged.size(), SurvivorNoteApplier.MERGES_IN_A_NOTE));
                samples.add(new DryRunPlan.Note(
                        first.getKey(), OperationKind.SURVIVOR_NOTE, notes.previewOnSurvivor(listed, workspace)));
            });
        }
        return samples;
    }

    /** Reads each survivor once; empty for one that is fit to be merged into, else what becomes of its requests. */
    private Map<ConversationId, Optional<Line>> checkSurvivors(List<MergeRequest> merges, Gate gate) {
        Map<ConversationId, Future<Optional<Line>>> reads = new LinkedHashMap<>();
        for (MergeRequest merge : merges) {
            reads.computeIfAbsent(merge.survivor(), survivor -> pool.submit(() -> check(merge, gate)));
        }
        Map<ConversationId, Optional<Line>> checked = new HashMap<>();
        reads.forEach((survivor, read) -> checked.put(survivor, result(read)));
        return checked;
    }

    private static Optional<Line> check(MergeRequest merge, Gate gate) {
        Outcome<SurvivorCheck.Result> outcome = gate.survivors().look(merge.survivor());
        if (outcome instanceof Outcome.Failed<SurvivorCheck.Result> failed) {
            // One conversation may be refused although the token is good for the others.
            if (failed.failure().kind() == FailureKind.STOPS_THE_RUN
                    && !gate.preflight().isTokenGood()) {
                throw new Preflight.Refused(failed.failure());
            }
            return Optional.of(
                    Line.of(merge, Result.PARENT_CHECK_FAILS, failed.failure().describe()));
        }
        String rejection =
                ((Outcome.Done<SurvivorCheck.Result>) outcome).value().rejection();
        return Optional.ofNullable(rejection).map(reason -> Line.of(merge, Result.REJECT, reason));
    }

    private static Optional<Line> result(Future<Optional<Line>> read) {
        try {
            return read.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private long survivorNotes(Map<ConversationId, List<MergeRequest>> bySurvivor) {
        int merges = SurvivorNoteApplier.MERGES_IN_A_NOTE;
        return settings.notifyParents()
                ? bySurvivor.values().stream()
                        .mapToLong(merged -> (merged.size() + merges - 1) / merges)
                        .sum()
                : 0;
    }
}
