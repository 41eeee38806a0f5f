package com.convmerge.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.util.CustomizableThreadCreator;

/**
 * Commits together what many threads want to have committed, as the log of a database does: what comes while one commit is under way
 * is gathered for the next one. Nobody waits for more to come, so that what comes alone is committed at once.
 *
 * @param <W> what is to be written
 * @param <R> what is known once it is committed
 */
final class GroupCommit<W, R> {
    private static final int MOST_TOGETHER = 500;

    private final Function<List<W>, List<R>> commit;
    private final BlockingQueue<Waiting<W, R>> waiting = new LinkedBlockingQueue<>();
    private final ThreadPoolExecutor writer;

    private record Waiting<W, R>(W work, CompletableFuture<Optional<R>> written) {}

    /** @param commit writes and commits all of it, or nothing and throws; its results are in the order of what is written */
    GroupCommit(String name, Function<List<W>, List<R>> commit) {
        this.commit = commit;
        CustomizableThreadCreator threads = new CustomizableThreadCreator(name);
        threads.setDaemon(true);
        this.writer =
                new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads::createThread);
        this.writer.allowCoreThreadTimeOut(true);
    }

    /**
     * Returns when it is committed; empty if nothing of it is written, because something that was to be committed with it failed:
     * then it must be tried alone.
     */
    Optional<R> write(W work) {
        Waiting<W, R> one = new Waiting<>(work, new CompletableFuture<>());
        waiting.add(one);
        writer.execute(this::commitWaiting);
        return one.written().join();
    }

    /** How many wait for the next commit. */
    int waiting() {
        return waiting.size();
    }

    private void commitWaiting() {
        List<Waiting<W, R>> together = new ArrayList<>();
        waiting.drainTo(together, MOST_TOGETHER);
        if (together.isEmpty()) {
            return;
        }
        List<R> written;
        try {
            written = commit.apply(together.stream().map(Waiting::work).toList());
        } catch (RuntimeException | Error e) {
            // Each finds out alone whether it is the one that fails, and why.
            together.forEach(one -> one.written().complete(Optional.empty()));
            return;
        }
        for (int i = 0; i < together.size(); i++) {
            together.get(i).written().complete(Optional.of(written.get(i)));
        }
    }
}
