package com.convmerge.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.convmerge.batch.RunCancellation.Kind;
import com.convmerge.batch.RunCancellation.Reason;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/** What the operator reads when a partition breaks. */
class PartitionFailureTest {
    private static final String OUT_OF_MEMORY =
            "out of memory (Java heap space): give it more, such as java -Xmx2g -jar convmerge.jar ...";

    private final RunCancellation cancellation = new RunCancellation();
    private final JobExecution execution = new JobExecution(7, new JobInstance(1, "job"), new JobParameters());
    private final StepExecution partition = new StepExecution(1, "applyPartition:partition0", execution);

    @Test
    void a_failure_that_spring_batch_keeps_with_the_partition_is_the_reason() throws Exception {
        stepThat(() -> partition.addFailureException(new OutOfMemoryError("Java heap space")))
                .execute(partition);

        assertThat(cancellation.reason()).contains(new Reason(Kind.FAILED, OUT_OF_MEMORY));
    }

    @Test
    void a_failure_that_is_thrown_is_the_reason() {
        StepPerPartition step = stepThat(() -> {
            throw new OutOfMemoryError("Java heap space");
        });

        assertThatThrownBy(() -> step.execute(partition)).isInstanceOf(OutOfMemoryError.class);
        assertThat(cancellation.reason()).contains(new Reason(Kind.FAILED, OUT_OF_MEMORY));
    }

    @Test
    void a_partition_that_does_not_fail_cancels_nothing() throws Exception {
        stepThat(() -> {}).execute(partition);

        assertThat(cancellation.reason()).isEmpty();
    }

    @Test
    void the_sentence_of_spring_batch_is_never_the_cause() {
        execution.addFailureException(new JobExecutionException("Partition handler returned an unsuccessful step"));
        assertThat(RunFailures.cause(execution)).isEmpty();

        execution.addFailureException(new IllegalStateException("the real one"));
        assertThat(RunFailures.cause(execution)).contains("the real one");
    }

    private StepPerPartition stepThat(Runnable work) {
        return new StepPerPartition("applyPartition", cancellation, keys -> new Step() {
            @Override
            public String getName() {
                return "applyPartition";
            }

            @Override
            public void execute(StepExecution execution) {
                work.run();
            }
        });
    }
}
