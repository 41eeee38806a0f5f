package com.convmerge.batch;

import com.convmerge.merge.MergeRequest;
import com.convmerge.requests.PendingRequests;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the requests of one partition page by page, each page from where the last one ended: partition key after partition key,
 * and within a key by id. It saves no position. A saved one silently lost rows whose status had changed (measured: 50 of 600,
 * with the job COMPLETED); what is left to do is what the rows say.
 */
final class KeysetItemReader implements ItemReader<MergeRequest> {
    private final PendingRequests requests;
    private final MergeRun run;
    private final TransactionTemplate outsideOfChunk;
    private final int lastKey;
    private final int pageSize;
    private final Deque<MergeRequest> page = new ArrayDeque<>();
    private int key;
    private long afterId;

    /**
     * @param outsideOfChunk reads pages outside of the chunk's transaction, so that none is open while Intercom is asked:
     *     PostgreSQL would keep dead rows for it, or end it (idle_in_transaction_session_timeout), and H2 2.4.240 leaves rows
     *     behind after some kills that seem locked while a transaction with the number of the dead one is open
     * @param firstKey the first of the partition's keys
     * @param lastKey the last of them
     */
    KeysetItemReader(
            PendingRequests requests,
            MergeRun run,
            TransactionTemplate outsideOfChunk,
            int firstKey,
            int lastKey,
            int pageSize) {
        this.requests = requests;
        this.run = run;
        this.outsideOfChunk = outsideOfChunk;
        this.key = firstKey;
        this.lastKey = lastKey;
        this.pageSize = pageSize;
    }

    @Override
    public @Nullable MergeRequest read() {
        if (run.cancellation.endsMerges()) {
            return null;
        }
        if (page.isEmpty()) {
            page.addAll(Objects.requireNonNull(outsideOfChunk.execute(status -> nextPage())));
        }
        MergeRequest next = page.poll();
        if (next != null) {
            afterId = next.id();
        }
        return next;
    }

    private List<MergeRequest> nextPage() {
        for (; key <= lastKey; key++, afterId = 0) {
            RunParameters parameters = run.parameters;
            List<MergeRequest> found = requests.page(key, afterId, parameters.upToId(), pageSize);
            if (!found.isEmpty()) {
                return found.subList(0, run.takeFromLimit(found.size()));
            }
        }
        return List.of();
    }
}
