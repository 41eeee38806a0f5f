package com.convmerge.sandbox;

import org.jspecify.annotations.Nullable;

/** The error with which the API rejects a call. A rejected call has changed nothing. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final int status;
    final String code;
    final String message;
    final @Nullable String field;
    /** Where the answer sends the client instead; null if it does not. */
    final @Nullable String location;

    private Refused(int status, String code, String message, @Nullable String field, @Nullable String location) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.message = message;
        this.field = field;
        this.location = location;
    }

    static Refused of(int status, String code, String message) {
        return new Refused(status, code, message, null, null);
    }

    /** A parameter is missing or invalid. */
    static Refused parameter(String field, String message) {
        return new Refused(400, "parameter_invalid", message, field, null);
    }

    /** The conversation is another one now. */
    static Refused redirect(String conversation) {
        return new Refused(302, "redirect", "Moved", null, "/conversations/" + conversation);
    }

    static Refused notFound(String message) {
        return of(404, "not_found", message);
    }
}
