package com.convmerge.apply;

import com.convmerge.merge.Failure;
import com.convmerge.merge.OperationKind;

/** What came of a request. */
public sealed interface Outcome {
    /** The duplicate carries the note and the tag, and is closed. */
    record Merged(long requestId) implements Outcome {}

    /** Something failed for this request; {@code failure} says whether another try can help. */
    record Failed(long requestId, OperationKind operation, Failure failure) implements Outcome {}

    /** Something failed for every request: this one is not to blame and stays as it is. */
    record RunCannotGoOn(Failure failure) implements Outcome {}
}
