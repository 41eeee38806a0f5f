package com.convmerge.database;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread at a time write what an embedded H2 has in memory to its file, with each commit and each checkpoint.
 *
 * <p>H2 writes one table after the other, as each is at that moment. If another thread changes or commits rows meanwhile, the file
 * has a row without what says whether it is committed. After a kill such a row seems locked, or is not seen at all, as long as a
 * transaction has the number that the dead one had (seen with H2 2.4.240 and 2.5.252: an operation that was sent and that the ledger
 * did not know).
 */
public final class FileWrites {
    private final ReentrantLock lock = new ReentrantLock(true);

    /**
     * What is done while nobody else writes.
     *
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {
        T done() throws X;
    }

    /**
     * Does the work while nobody else writes to the file. The work must have its connection already: whoever waits here has one, so that
     * waiting for another one inside could wait for all of them.
     */
    public <T, X extends Exception> T undisturbed(Work<T, X> work) throws X {
        lock.lock();
        try {
            return work.done();
        } finally {
            lock.unlock();
        }
    }
}
