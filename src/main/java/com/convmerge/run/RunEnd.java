package com.convmerge.run;

import com.convmerge.apply.Preflight;
import com.convmerge.batch.MergeJob;
import com.convmerge.batch.RunCancellation;
import com.convmerge.batch.RunFailures;
import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.report.ReportNotWritten;
import com.convmerge.report.RunRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

/**
 * How a run ended.
 *
 * @param run its number
 * @param message why, one line; what was left alone, if it is complete, and empty if that is nothing
 */
public record RunEnd(long run, Kind kind, String message) {
    /** Decides the exit code. */
    public enum Kind {
        /** It did all that there was to do. */
        COMPLETED,
        /** It broke off and can be restarted. */
        FAILED,
        /** It broke off because Intercom shows what the database does not know; runs look before they write from now on. */
        DATABASE_OLDER,
        /** A setting kept it from starting: it ended before the first step that does anything. */
        MISCONFIGURED,
        /** It was asked to stop. */
        STOPPED
    }

    /** @param changed how many requests were left alone because their rows were changed after they were planned */
    static RunEnd of(long run, JobExecution execution, RunCancellation cancellation, LongSupplier changed) {
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            return new RunEnd(run, Kind.COMPLETED, whatWasLeft(changed.getAsLong()));
        }
        Optional<RunCancellation.Reason> reason = cancellation.reason();
        if (reason.isPresent() && reason.get().kind().status() == BatchStatus.STOPPED) {
            return new RunEnd(run, Kind.STOPPED, reason.get().message());
        }
        if (reason.filter(why -> why.kind() == RunCancellation.Kind.DATABASE_OLDER)
                .isPresent()) {
            return new RunEnd(run, Kind.DATABASE_OLDER, reason.get().message());
        }
        List<Throwable> failures = execution.getAllFailureExceptions();
        String message = reason.map(RunCancellation.Reason::message)
                .or(() -> RunFailures.cause(execution))
                .orElse("it ended as " + execution.getStatus());
        return new RunEnd(run, reason.isPresent() ? Kind.FAILED : kind(execution, failures), message);
    }

    /** As it stands in the record of the run. */
    RunRecord.Outcome outcome() {
        return switch (kind) {
            case COMPLETED -> RunRecord.Outcome.COMPLETED;
            case STOPPED -> RunRecord.Outcome.STOPPED;
            case FAILED, DATABASE_OLDER, MISCONFIGURED -> RunRecord.Outcome.FAILED;
        };
    }

    private static Kind kind(JobExecution execution, List<Throwable> failures) {
        // The same problem in a later step comes when merges may have been made.
        boolean beganNothing = execution.getStepExecutions().stream()
                .allMatch(step -> step.getStepName().equals(MergeJob.PREFLIGHT));
        return beganNothing && failures.stream().anyMatch(RunEnd::isMisconfiguration)
                ? Kind.MISCONFIGURED
                : Kind.FAILED;
    }

    private static String whatWasLeft(long changed) {
        return changed == 0
                ? ""
                : changed + (changed == 1 ? " request was" : " requests were")
                        + " left alone, because somebody changed the row while it waited; the next run decides again";
    }

    private static boolean isMisconfiguration(Throwable failure) {
        return failure instanceof ConfigurationProblem
                || failure instanceof ReportNotWritten
                || failure instanceof Preflight.Refused refused && refused.isConfiguration();
    }
}
