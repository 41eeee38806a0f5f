package com.convmerge.preview;

import com.convmerge.apply.Gate;
import com.convmerge.apply.GateFactory;
import com.convmerge.apply.Outcome;
import com.convmerge.apply.Restoration;
import com.convmerge.apply.UndoPlan;
import com.convmerge.apply.Workspace;
import com.convmerge.intercom.Admin;
import com.convmerge.intercom.CallPermit;
import com.convmerge.merge.Author;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.ShownTime;
import com.convmerge.requests.MergedRequests;
import com.convmerge.requests.WorkspaceBinding;
import com.convmerge.undo.UndoOrder;
import com.convmerge.undo.UndoSelector;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** Does all of an undo's reading and none of its writing. */
public record UndoPreview(
        GateFactory gates,
        WorkspaceBinding binding,
        UndoSelector selector,
        MergedRequests merged,
        ThreadPoolTaskExecutor pool) {
    /** What would become of a duplicate. */
    public enum Result {
        /** It would be opened. */
        OPEN,
        /** It would be snoozed again. */
        SNOOZE,
        /** Its state would be left as it is. */
        LEAVE,
        /** Its merge cannot be taken back. */
        CANNOT
    }

    /**
     * One merge that would be taken back.
     *
     * @param reason why its state is left as it is, or why it cannot be taken back; until when it is snoozed; null otherwise
     * @param untags whether our tag is taken off
     * @param redacts whether the note of the merge loses its words
     * @param tellsParent whether its survivor is told
     */
    public record Line(
            long requestId,
            @JsonProperty("duplicate_conversation_id") String duplicate,
            @JsonProperty("parent_conversation_id") String parent,
            @JsonProperty("survivor_conversation_id") String survivor,
            Result outcome,
            @Nullable String reason,
            boolean untags,
            boolean redacts,
            boolean tellsParent) {}

    /**
     * What an undo would do now.
     *
     * @param chains what stays merged although the way that it took would be taken back: request, duplicate and survivor
     */
    public record Plan(
            Author author, @JsonProperty("requests") List<Line> lines, List<Chain> chains) {}

    /** A merge that went by way of a duplicate that is taken back. */
    public record Chain(
            long requestId,
            @JsonProperty("duplicate_conversation_id") String duplicate,
            @JsonProperty("parent_conversation_id") String byWayOf,
            @JsonProperty("survivor_conversation_id") String survivor) {
        static Chain of(MergedRequests.Merged merge) {
            return new Chain(
                    merge.request().id(),
                    merge.request().duplicate().value(),
                    merge.request().parent().value(),
                    merge.request().survivor().value());
        }
    }

    /** Why nothing can be taken back: what was named and is not there is a slip of the operator's. Empty if there is no such slip. */
    public Optional<String> fault(UndoOrder order) {
        Optional<String> notMerged = order.requestIds().stream()
                .filter(request -> merged.ofRequests(List.of(request)).isEmpty())
                .findFirst()
                .map(request -> "request " + request + " is not MERGED, so that there is nothing to take back");
        ConversationId survivor = order.survivor();
        return survivor != null && merged.into(survivor).isEmpty()
                ? Optional.of("nothing is merged into conversation " + survivor)
                : notMerged;
    }

    /** What stays merged although the way that it took would be taken back. */
    public List<Chain> chains(UndoOrder order, LongFunction<List<Long>> executionsOf) {
        return chains(merged.merges(selector.select(order, executionsOf)));
    }

    private List<Chain> chains(List<MergedRequests.Merged> merges) {
        return selector.chains(merges).stream().map(Chain::of).toList();
    }

    /** What {@code order} would do. */
    public Plan plan(UndoOrder order, LongFunction<List<Long>> executionsOf) {
        Gate gate = gates.open(CallPermit.ALWAYS, false);
        Admin admin = gate.preflight().identify();
        binding.check(admin.appIdCode());
        Workspace workspace = gate.preflight().look(admin);
        List<MergedRequests.Merged> merges = merged.merges(selector.select(order, executionsOf));
        List<CompletableFuture<Line>> lines = merges.stream()
                .map(merge -> CompletableFuture.supplyAsync(() -> line(merge, order, gate, workspace), pool))
                .toList();
        return new Plan(
                gate.preflight().author(admin),
                lines.stream().map(CompletableFuture::join).toList(),
                chains(merges));
    }

    private static Line line(MergedRequests.Merged merge, UndoOrder order, Gate gate, Workspace workspace) {
        Outcome<UndoPlan> outcome = gate.undos().plan(merge.request(), order.redactsNotes(), workspace);
        if (!(outcome instanceof Outcome.Done<UndoPlan> done)) {
            return line(merge, Result.CANNOT, describe(outcome), null);
        }
        UndoPlan plan = done.value();
        if (plan.restoration() instanceof Restoration.Leave leave) {
            return line(merge, Result.LEAVE, leave.why(), plan);
        }
        return plan.restoration() instanceof Restoration.Snooze snooze
                ? line(merge, Result.SNOOZE, "until " + ShownTime.utc(snooze.until()), plan)
                : line(merge, Result.OPEN, null, plan);
    }

    private static String describe(Outcome<UndoPlan> outcome) {
        Failure failure = outcome instanceof Outcome.Failed<UndoPlan> failed
                ? failed.failure()
                : ((Outcome.InDoubt<UndoPlan>) outcome).failure();
        return failure.describe();
    }

    private static Line line(
            MergedRequests.Merged merge, Result result, @Nullable String reason, @Nullable UndoPlan plan) {
        return new Line(
                merge.request().id(),
                merge.request().duplicate().value(),
                merge.request().parent().value(),
                merge.request().survivor().value(),
                result,
                reason,
                plan != null && plan.tag().isPresent(),
                plan != null && plan.note().isPresent(),
                plan != null && merge.survivorNote() != null);
    }
}
