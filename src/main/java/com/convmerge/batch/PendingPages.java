package com.convmerge.batch;

import com.convmerge.merge.MergeRequest;
import com.convmerge.requests.Requests;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The pages of one partition: key after key, and within a key by id. */
final class PendingPages implements Function<@Nullable MergeRequest, List<MergeRequest>> {
    private final Requests requests;
    private final RunLimit limit;
    private final RunParameters run;
    private final int lastKey;
    private final int pageSize;
    private int key;
    private long afterId;

    PendingPages(Requests requests, RunLimit limit, RunParameters run, int firstKey, int lastKey, int pageSize) {
        this.requests = requests;
        this.limit = limit;
        this.run = run;
        this.key = firstKey;
        this.lastKey = lastKey;
        this.pageSize = pageSize;
    }

    @Override
    public List<MergeRequest> apply(@Nullable MergeRequest last) {
        if (last != null) {
            afterId = last.id();
        }
        for (; key <= lastKey; key++, afterId = 0) {
            List<MergeRequest> page = requests.pendingPage(key, afterId, run.upToId(), run.startedAt(), pageSize);
            if (!page.isEmpty()) {
                return page.subList(0, limit.take(page.size()));
            }
        }
        return List.of();
    }
}
