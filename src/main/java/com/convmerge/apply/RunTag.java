package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tag that duplicates get. Somebody may delete it during a run, and that is no fault of any request: it is made again, once.
 *
 * <p>Safe for use by many threads.
 */
final class RunTag {
    private static final Logger log = LoggerFactory.getLogger(RunTag.class);

    private final String name;
    private volatile String id;
    private boolean isRemade;

    RunTag(String name, String id) {
        this.name = name;
        this.id = id;
    }

    /** Intercom's id of the tag; another one after it was made again. */
    String id() {
        return id;
    }

    /** What is to be done about a 404 that answered a call with the tag. */
    enum Missing {
        /** The tag is there, so that it is the conversation which is not. */
        NOT_THE_TAG,
        /** The tag was made again: the call is to be made with its new id. */
        TRY_AGAIN
    }

    /**
     * Finds out whether the tag {@code usedId} is gone, and makes it again.
     *
     * @return what to do, or why the run cannot go on
     */
    synchronized Outcome<Missing> afterNotFound(String usedId, IntercomClient client) {
        if (!id.equals(usedId)) {
            return new Outcome.Done<>(Missing.TRY_AGAIN);
        }
        Optional<String> found =
                client.tagNamed(name) instanceof Answer.Ok<String> ok ? Optional.of(ok.value()) : Optional.empty();
        if (found.isEmpty() || found.get().equals(usedId)) {
            return new Outcome.Done<>(Missing.NOT_THE_TAG);
        }
        if (isRemade) {
            return new Outcome.Failed<>(OperationKind.TAG, deletedTwice());
        }
        isRemade = true;
        id = found.get();
        log.warn("the tag \"{}\" ({}) is not there any more: it was made again, with the id {}", name, usedId, id);
        return new Outcome.Done<>(Missing.TRY_AGAIN);
    }

    private Failure deletedTwice() {
        return Failure.withoutAnswer(
                FailureKind.STOPS_THE_RUN,
                "tag_deleted",
                "the tag \"" + name + "\" was deleted twice during this run; find out who deletes it, or set"
                        + " convmerge.tag to another name. No request was blamed for it");
    }
}
