package com.convmerge.merge;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with one call, with everything that is needed to understand it.
 *
 * @param httpStatus Intercom's HTTP status; null if there was no answer
 * @param code Intercom's error code, or ours if there was none, such as {@code parent_not_found}
 * @param message Intercom's words, or what the network said
 * @param intercomRequestId the id that Intercom's support asks for
 */
public record Failure(
        FailureKind kind,
        @Nullable Integer httpStatus,
        String code,
        String message,
        @Nullable String intercomRequestId) {

    /** A failure without an answer from Intercom. */
    public static Failure withoutAnswer(FailureKind kind, String code, String message) {
        return new Failure(kind, null, code, message, null);
    }

    public Failure as(FailureKind other) {
        return new Failure(other, httpStatus, code, message, intercomRequestId);
    }

    /** Such as {@code 404 not_found: Conversation not found (Intercom request id 7c…)}. */
    public String describe() {
        StringJoiner text = new StringJoiner(" ");
        if (httpStatus != null) {
            text.add(httpStatus.toString());
        }
        text.add(code + ": " + message);
        if (intercomRequestId != null) {
            text.add("(Intercom request id " + intercomRequestId + ")");
        }
        return text.toString();
    }
}
