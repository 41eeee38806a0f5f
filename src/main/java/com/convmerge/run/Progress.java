package com.convmerge.run;

import com.convmerge.batch.RunProgress;

/**
 * How far a run is.
 *
 * @param step the step that is running, by its name in Spring Batch's tables
 * @param total requests to be applied; 0 until that is known
 * @param done requests applied, with success or without
 * @param failures of those, the ones that went to the retry table
 */
public record Progress(String step, long total, long done, long failures) {
    static Progress of(RunProgress run) {
        return new Progress(run.step(), run.total(), run.done(), run.failures());
    }
}
