package com.convmerge.undo;

import com.convmerge.merge.ConversationId;
import com.convmerge.requests.MergedRequests;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Finds out which merges an operator means.
 *
 * @param open what an earlier undo has begun and not finished
 */
public record UndoSelector(MergedRequests merged, Undos open) {
    /**
     * The ids of the merges that are to be taken back.
     *
     * @param executionsOf the executions of a run in Spring Batch's tables
     */
    public List<Long> select(UndoOrder order, LongFunction<List<Long>> executionsOf) {
        if (order.run() != null) {
            long run = order.run();
            Set<Long> ids = new HashSet<>(merged.ofExecutions(executionsOf.apply(run)));
            ids.addAll(open.open(run).stream().map(AskedUndo::requestId).toList());
            return ids.stream().sorted().toList();
        }
        return order.survivor() == null
                ? merged.ofRequests(order.requestIds())
                : merged.into(Objects.requireNonNull(order.survivor()));
    }

    /**
     * What stays merged although the way that it took is taken back: it lies in the survivors, and is not moved. The selected merges
     * are not among it.
     */
    public List<MergedRequests.Merged> chains(List<MergedRequests.Merged> selected) {
        Set<Long> ids = new HashSet<>();
        selected.forEach(merge -> ids.add(merge.request().id()));
        List<ConversationId> duplicates =
                selected.stream().map(merge -> merge.request().duplicate()).toList();
        return merged.byWayOf(duplicates).stream()
                .filter(merge -> !ids.contains(merge.request().id()))
                .toList();
    }
}
