package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which program may work on a database. */
@OnEachDatabase
class RunLeaseTest {
    private static final int PROGRAMS = 4;
    private static final int ROUNDS = 25;
    private static final LeaseOwner ME = LeaseOwner.me();
    private static final LeaseOwner ELSEWHERE = new LeaseOwner(4711, "elsewhere", "x");

    private static final Progress NOTHING = new Progress(0, "starting", 0, 0, 0, 0, null);

    private final Database database;

    private final RunLease mine;

    private final RunLease other;

    RunLeaseTest(Database database) {
        this.database = database;
        mine = leaseOf(ME);
        other = leaseOf(ELSEWHERE);
    }

    @BeforeEach
    void begin() {
        sql("DELETE FROM merge_run_lock");
        sql("INSERT INTO merge_run_lock (id) VALUES (1)");
    }

    @Test
    void of_several_programs_at_the_same_moment_one_gets_the_lease() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(PROGRAMS);
        CyclicBarrier start = new CyclicBarrier(PROGRAMS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                begin();
                List<Future<Boolean>> takes = new ArrayList<>();
                for (int program = 0; program < PROGRAMS; program++) {
                    RunLease lease = leaseOf(new LeaseOwner(100 + program, "elsewhere", "x"));
                    takes.add(pool.submit(() -> {
                        start.await();
                        return lease.take();
                    }));
                }
                int taken = 0;
                for (Future<Boolean> take : takes) {
                    taken += take.get() ? 1 : 0;
                }
                assertThat(taken)
                        .as("how many programs got the lease in round %d", round)
                        .isEqualTo(1);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void an_expired_lease_is_taken_over_and_its_owner_cannot_renew_it() {
        assertThat(other.take()).isTrue();
        assertThat(mine.take()).isFalse();

        sql("UPDATE merge_run_lock SET expires_at = CURRENT_TIMESTAMP - INTERVAL '1' SECOND");

        assertThat(mine.underWay()).as("a run that did not renew its lease").isEmpty();
        assertThat(mine.take()).isTrue();
        assertThat(other.renew(NOTHING, 0, 0)).isFalse();
        assertThat(mine.renew(NOTHING, 0, 0)).isTrue();
    }

    @Test
    void a_lease_that_was_renewed_late_but_not_taken_over_still_belongs_to_its_owner() {
        assertThat(mine.take()).isTrue();
        sql("UPDATE merge_run_lock SET expires_at = CURRENT_TIMESTAMP - INTERVAL '1' SECOND");

        assertThat(mine.renew(NOTHING, 0, 0)).isTrue();

        assertThat(other.take()).isFalse();
    }

    @Test
    void the_lease_of_a_program_that_died_on_this_host_is_taken_over_at_once() throws Exception {
        RunLease dead = leaseOf(new LeaseOwner(pidOfADeadProcess(), ME.host(), "x"));
        assertThat(dead.take()).isTrue();

        assertThat(mine.underWay()).isEmpty();
        assertThat(mine.requestStop()).isFalse();
        assertThat(mine.take()).isTrue();
    }

    @Test
    void the_lease_of_a_program_that_lives_on_this_host_is_not_taken_over() throws Exception {
        Process living = new ProcessBuilder("sleep", "600").start();
        try {
            RunLease theirs = leaseOf(new LeaseOwner(living.pid(), ME.host(), "x"));
            assertThat(theirs.take()).isTrue();

            assertThat(mine.take()).isFalse();
            assertThat(mine.underWay())
                    .map(RunStatus::worker)
                    .contains("pid " + living.pid() + " on " + ME.host().replaceFirst("/.*", ""));
        } finally {
            living.destroyForcibly().waitFor();
        }
    }

    @Test
    void the_lease_of_another_host_is_not_taken_over_because_its_pid_is_dead_here() throws Exception {
        long pid = pidOfADeadProcess();
        assertThat(leaseOf(new LeaseOwner(pid, "elsewhere", "x")).take()).isTrue();

        assertThat(mine.take()).isFalse();
    }

    @Test
    void only_its_owner_gives_the_lease_back() {
        assertThat(mine.take()).isTrue();

        other.giveBack();
        leaseOf(new LeaseOwner(ME.pid(), ME.host(), "another start")).giveBack();
        assertThat(other.take()).isFalse();

        mine.giveBack();
        assertThat(mine.underWay()).isEmpty();
        assertThat(other.take()).isTrue();
    }

    @Test
    void the_lease_shows_others_how_far_the_run_is() {
        assertThat(mine.underWay()).isEmpty();
        assertThat(mine.take()).isTrue();
        Progress progress = new Progress(0, "applyMerges", 1_400, 502, 501, 0, null, 0, 0, 500, null);

        assertThat(mine.renew(progress, 1_234, 1_666)).isTrue();

        assertThat(other.underWay()).hasValueSatisfying(run -> {
            assertThat(run.owner()).isEqualTo(ME);
            assertThat(run.step()).isEqualTo("applyMerges");
            assertThat(run.total()).as("without what was rejected at once").isEqualTo(900);
            assertThat(run.done()).isEqualTo(2);
            assertThat(run.callsUsed()).isEqualTo(1_234);
            assertThat(run.callsGranted()).isEqualTo(1_666);
            assertThat(run.stopRequested()).isFalse();
            assertThat(run.since()).isBeforeOrEqualTo(run.readAt());
        });
    }

    @Test
    void a_request_to_stop_is_for_the_run_under_way_and_not_for_the_next() {
        assertThat(other.requestStop()).isFalse();
        assertThat(mine.take()).isTrue();
        assertThat(mine.isStopRequested()).isFalse();

        assertThat(other.requestStop()).isTrue();
        assertThat(mine.isStopRequested()).isTrue();
        assertThat(other.underWay()).map(RunStatus::stopRequested).contains(true);

        sql("UPDATE merge_run_lock SET expires_at = CURRENT_TIMESTAMP - INTERVAL '1' SECOND");
        assertThat(other.take()).isTrue();
        assertThat(other.isStopRequested()).isFalse();
    }

    @Test
    void a_row_that_was_deleted_is_put_back_by_whoever_takes_the_lease() {
        sql("DELETE FROM merge_run_lock");

        assertThat(mine.take()).isTrue();
        assertThat(mine.isOurs()).isTrue();
        assertThat(other.take()).isFalse();
    }

    @Test
    void a_run_whose_row_is_deleted_goes_on_unless_another_one_was_faster() {
        assertThat(mine.take()).isTrue();
        sql("DELETE FROM merge_run_lock");
        assertThat(mine.renew(NOTHING, 0, 0)).isTrue();

        sql("DELETE FROM merge_run_lock");
        assertThat(other.take()).isTrue();
        assertThat(mine.renew(NOTHING, 0, 0)).isFalse();
        assertThat(mine.isOurs()).isFalse();
    }

    @Test
    void an_owner_is_read_as_it_was_written() {
        assertThat(LeaseOwner.parse(ME.text())).isEqualTo(ME);
        assertThat(ME.isKnownGone()).isFalse();
        assertThat(LeaseOwner.parse("something else").isKnownGone()).isFalse();
    }

    private RunLease leaseOf(LeaseOwner owner) {
        return new RunLease(database.jdbc(), database.transactions(), owner);
    }

    private static long pidOfADeadProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    private void sql(String statement) {
        database.jdbc().sql(statement).update();
    }
}
