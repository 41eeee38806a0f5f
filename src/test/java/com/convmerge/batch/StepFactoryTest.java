package com.convmerge.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.apply.GateFactory;
import com.convmerge.intercom.CallPermit;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.Databases;
import com.convmerge.testing.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class StepFactoryTest {
    /**
     * If the step opened a transaction, the commits of resolveSurvivors, which writes a thousand requests at a time, would take
     * part in it: a million requests would be committed at once, which alone takes H2 20 s. The preflight check would also hold a
     * database connection while it waits for Intercom.
     */
    @Test
    void a_tasklet_is_in_no_transaction() throws Exception {
        List<Boolean> inTransaction = new ArrayList<>();
        try (BatchFixture night = BatchFixture.on(Databases.h2())) {
            MergeRun run = new MergeRun(
                    1,
                    new RunParameters(TestClock.START, 0, null, false),
                    TestClock.START,
                    new RunCancellation(),
                    new RunProgress(),
                    night.part(GateFactory.class).open(CallPermit.ALWAYS, false),
                    true);
            Step step = night.part(StepFactory.class)
                    .tasklet(
                            "probe",
                            run,
                            () -> inTransaction.add(TransactionSynchronizationManager.isActualTransactionActive()));

            night.part(JobOperator.class)
                    .start(
                            new JobBuilder("probe", night.part(JobRepository.class))
                                    .start(step)
                                    .build(),
                            new JobParameters());
        }

        assertThat(inTransaction).containsExactly(false);
    }

    /** The partitions without a request end at once, so only the one that has the request can keep a transaction open. */
    @Test
    void no_transaction_is_open_while_intercom_is_asked() {
        AtomicReference<Long> idle = new AtomicReference<>();
        try (BatchFixture night = BatchFixture.on(Databases.postgres())) {
            night.ask(1, 2);
            night.sandbox.faults(arrival -> {
                if (arrival.isNote() && idle.get() == null) {
                    idle.set(idleOnceTheOthersEnded(night));
                }
                return Optional.empty();
            });

            night.run();
        }

        assertThat(idle).hasValue(0L);
    }

    private static long idleOnceTheOthersEnded(BatchFixture night) {
        long idle = 1;
        for (int attempt = 0; attempt < 5_000 && idle > 0; attempt++) {
            idle = night.number("SELECT COUNT(*) FROM pg_stat_activity"
                    + " WHERE datname = CURRENT_DATABASE() AND state = 'idle in transaction'");
        }
        return idle;
    }
}
