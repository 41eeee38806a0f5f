package com.convmerge.batch;

import com.convmerge.apply.MergeSettings;
import com.convmerge.apply.NotePreview;
import com.convmerge.apply.ParentSettings;
import com.convmerge.apply.ParentSettings.ClosedParent;
import com.convmerge.apply.Preflight;
import com.convmerge.apply.Workspace;
import com.convmerge.batch.Plan.Line;
import com.convmerge.batch.Plan.Outcome;
import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.intercom.RateLimitWindow;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.Verdict;
import com.convmerge.requests.Candidates;
import com.convmerge.requests.Candidates.Candidate;
import com.convmerge.requests.Requests;
import com.convmerge.requests.SurvivorPlanner;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.AsyncTaskExecutor;

/**
 * Does all of a run's reading and none of its writing, not a row and not a call that changes anything: therefore no Spring Batch
 * job, whose tables are rows too.
 */
public final class DryRun {
    /** Who we are, and the tag. */
    private static final int CALLS_OF_PREFLIGHT = 2;

    private static final int CALLS_OF_A_MERGE = 3;
    private static final int NOTES_SHOWN = 3;

    private final Preflight preflight;
    private final WorkspaceBinding binding;
    private final SurvivorPlanner pairs;
    private final Candidates candidates;
    private final Requests requests;
    private final IntercomClient conversations;
    private final NotePreview notes;
    private final MergeSettings settings;
    private final ParentSettings parentSettings;
    private final RateLimitWindow budget;
    private final AsyncTaskExecutor pool;
    private final Clock clock;

    DryRun(
            Preflight preflight,
            WorkspaceBinding binding,
            SurvivorPlanner pairs,
            Candidates candidates,
            Requests requests,
            IntercomClient conversations,
            NotePreview notes,
            MergeSettings settings,
            ParentSettings parentSettings,
            RateLimitWindow budget,
            AsyncTaskExecutor pool,
            Clock clock) {
        this.preflight = preflight;
        this.binding = binding;
        this.pairs = pairs;
        this.candidates = candidates;
        this.requests = requests;
        this.conversations = conversations;
        this.notes = notes;
        this.settings = settings;
        this.parentSettings = parentSettings;
        this.budget = budget;
        this.pool = pool;
        this.clock = clock;
    }

    /**
     * What a run would do now.
     *
     * @param limit how many requests it would apply at most; null for all
     * @throws Preflight.Refused if Intercom does not let us work, or stops to in the middle
     */
    public Plan plan(@Nullable Long limit) {
        Workspace workspace = preflight.look(binding::checkUnlessNew);
        Map<Long, Line> lines = new LinkedHashMap<>();
        List<MergeRequest> merges = decide(lines);
        Map<ConversationId, Optional<Line>> unfit = checkParents(merges);
        List<MergeRequest> fit = new ArrayList<>();
        for (MergeRequest merge : merges) {
            Optional<Line> fault = unfit.getOrDefault(merge.survivor(), Optional.empty());
            boolean isLeft = fault.isEmpty() && limit != null && fit.size() >= limit;
            if (fault.isEmpty() && !isLeft) {
                fit.add(merge);
            }
            lines.put(
                    merge.id(),
                    fault.map(line -> line(merge, line.outcome(), line.reason()))
                            .orElseGet(() -> line(merge, isLeft ? Outcome.LEFT : Outcome.MERGE, null)));
        }
        Map<ConversationId, List<MergeRequest>> bySurvivor = new LinkedHashMap<>();
        fit.forEach(merge -> bySurvivor
                .computeIfAbsent(merge.survivor(), survivor -> new ArrayList<>())
                .add(merge));
        return new Plan(
                List.copyOf(lines.values()),
                bySurvivor.size(),
                CALLS_OF_PREFLIGHT + unfit.size() + (long) CALLS_OF_A_MERGE * fit.size() + parentNotes(bySurvivor),
                budget.limit(),
                budget.window(),
                fit.stream()
                        .limit(NOTES_SHOWN)
                        .map(merge -> new Plan.Note(merge.duplicate(), notes.onDuplicate(merge, workspace)))
                        .toList());
    }

    /** What the graph says of each request; those to be merged are returned and get their lines later, in their places. */
    private List<MergeRequest> decide(Map<Long, Line> lines) {
        Map<Long, Verdict> verdicts = new HashMap<>();
        pairs.decide(requests.lastId()).forEach(verdict -> verdicts.put(verdict.requestId(), verdict));
        List<MergeRequest> merges = new ArrayList<>();
        for (Candidate candidate : candidates.at(clock.instant())) {
            Verdict verdict = verdicts.get(candidate.id());
            if (verdict instanceof Verdict.Reject reject) {
                lines.put(candidate.id(), line(candidate, Outcome.REJECT, reject.reason()));
            } else if (verdict instanceof Verdict.SameAs same) {
                String reason = "the same pair as request " + same.firstRequestId();
                lines.put(candidate.id(), line(candidate, Outcome.SAME_AS, reason));
            } else {
                String survivor = verdict instanceof Verdict.Merge merge
                        ? Long.toString(merge.survivor())
                        // Begun by an earlier run, which found it.
                        : Objects.requireNonNullElse(candidate.survivor(), candidate.parent());
                MergeRequest merge = request(candidate, survivor);
                lines.put(candidate.id(), line(merge, Outcome.MERGE, null));
                merges.add(merge);
            }
        }
        return merges;
    }

    /** Reads each survivor once; empty for one that is fit to be merged into, else what becomes of its requests. */
    private Map<ConversationId, Optional<Line>> checkParents(List<MergeRequest> merges) {
        Map<ConversationId, Future<Optional<Line>>> reads = new LinkedHashMap<>();
        for (MergeRequest merge : merges) {
            reads.computeIfAbsent(merge.survivor(), survivor -> pool.submit(() -> check(merge)));
        }
        Map<ConversationId, Optional<Line>> checked = new HashMap<>();
        reads.forEach((survivor, read) -> checked.put(survivor, result(read)));
        return checked;
    }

    private Optional<Line> check(MergeRequest merge) {
        Answer<Conversation> answer = conversations.read(merge.survivor());
        if (answer instanceof Answer.Failed<Conversation> failed) {
            Failure failure = failed.failure();
            if (failure.kind() == FailureKind.STOPS_THE_RUN) {
                throw new Preflight.Refused(failure);
            }
            return Optional.of(line(merge, Outcome.PARENT_CHECK_FAILS, failure.describe()));
        }
        boolean isClosed = ((Answer.Ok<Conversation>) answer).value().isClosed();
        return isClosed && parentSettings.closedParent() == ClosedParent.REJECT
                ? Optional.of(line(merge, Outcome.REJECT, "parent " + merge.survivor() + " is closed"))
                : Optional.empty();
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

    private long parentNotes(Map<ConversationId, List<MergeRequest>> bySurvivor) {
        int links = NotifySurvivorProcessor.LINKS_IN_A_NOTE;
        return settings.notifyParents()
                ? bySurvivor.values().stream()
                        .mapToLong(merged -> (merged.size() + links - 1) / links)
                        .sum()
                : 0;
    }

    private static MergeRequest request(Candidate candidate, String survivor) {
        return new MergeRequest(
                candidate.id(),
                new ConversationId(candidate.parent()),
                new ConversationId(candidate.duplicate()),
                new ConversationId(survivor),
                candidate.reason(),
                candidate.requestedBy(),
                candidate.externalRef());
    }

    private static Line line(Candidate candidate, Outcome outcome, String reason) {
        return new Line(candidate.id(), candidate.duplicate(), candidate.parent(), null, outcome, reason);
    }

    private static Line line(MergeRequest merge, Outcome outcome, @Nullable String reason) {
        return new Line(
                merge.id(),
                merge.duplicate().value(),
                merge.parent().value(),
                outcome == Outcome.MERGE || outcome == Outcome.LEFT
                        ? merge.survivor().value()
                        : null,
                outcome,
                reason);
    }
}
