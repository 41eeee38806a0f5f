package com.convmerge.sandbox;

import org.jspecify.annotations.Nullable;

/** A call that the API turns down, with the status, code and message that it is answered; nothing has happened. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable String field;

    private Refused(int status, String code, String message, @Nullable String field) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
    }

    static Refused of(int status, String code, String message) {
        return new Refused(status, code, message, null);
    }

    /** A parameter that is missing or bad. */
    static Refused parameter(String field, String message) {
        return new Refused(400, "parameter_invalid", message, field);
    }

    static Refused notFound() {
        return of(404, "not_found", "Resource Not Found");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String message() {
        String message = getMessage();
        return message == null ? code : message;
    }

    @Nullable
    String field() {
        return field;
    }
}
