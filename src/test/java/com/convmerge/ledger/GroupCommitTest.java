package com.convmerge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is committed together, and what happens when that fails. */
class GroupCommitTest {
    private final List<List<Integer>> commits = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch firstIsUnderWay = new CountDownLatch(1);
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final GroupCommit<Integer, String> group = new GroupCommit<>("test-", this::commit);

    private List<String> commit(List<Integer> works) {
        commits.add(works);
        if (works.contains(0)) {
            firstIsUnderWay.countDown();
            await(firstMayEnd);
        }
        if (works.contains(99)) {
            throw new IllegalStateException("99");
        }
        return works.stream().map(work -> "written " + work).toList();
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void what_comes_alone_is_committed_at_once() {
        assertThat(group.write(1)).contains("written 1");
        assertThat(group.write(2)).contains("written 2");

        assertThat(commits).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void what_comes_while_a_commit_is_under_way_is_committed_together_and_each_gets_its_own_result() {
        List<CompletableFuture<Optional<String>>> written = writeBehindTheFirst(1, 20);

        for (int work = 1; work <= 20; work++) {
            assertThat(written.get(work - 1).join()).contains("written " + work);
        }
        assertThat(commits).hasSize(2);
        assertThat(commits.get(1))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 20).boxed().toList());
    }

    @Test
    void when_one_fails_nothing_of_the_group_is_written_and_each_must_try_alone() {
        List<CompletableFuture<Optional<String>>> written = writeBehindTheFirst(95, 100);

        assertThat(written).allSatisfy(one -> assertThat(one.join()).isEmpty());
        assertThat(group.write(1)).contains("written 1");
    }

    /** Writes from many threads while the first commit is held; returns once all of them wait. */
    private List<CompletableFuture<Optional<String>>> writeBehindTheFirst(int from, int to) {
        CompletableFuture<Optional<String>> first = CompletableFuture.supplyAsync(() -> group.write(0), threads);
        await(firstIsUnderWay);
        List<CompletableFuture<Optional<String>>> written = IntStream.rangeClosed(from, to)
                .mapToObj(work -> CompletableFuture.supplyAsync(() -> group.write(work), threads))
                .toList();
        while (group.waiting() < written.size()) {
            Thread.onSpinWait();
        }
        firstMayEnd.countDown();
        assertThat(first.join()).contains("written 0");
        return written;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
