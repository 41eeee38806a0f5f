package com.convmerge.intercom;

import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells what a failed call means: one reason a line. */
final class IntercomFailure {
    private static final Set<String> PLAN_CODES = Set.of("api_plan_restricted", "forbidden");
    private static final int MESSAGE_SHOWN = 500;
    /** For a code and a request id; the columns take more. */
    private static final int WORD_SHOWN = 200;

    private static final JsonMapper JSON = new JsonMapper();

    private IntercomFailure() {}

    /** An answer other than 2xx; {@code body} is an {@code error.list}, or a proxy's HTML, or anything. */
    static Failure of(int status, String body) {
        Told told = told(status, body);
        return new Failure(kind(status, told.code()), status, told.code(), told.message(), told.requestId());
    }

    /** A 2xx whose body could not be read: it was done, or it was not. */
    static Failure unreadable(int status, String why) {
        return new Failure(FailureKind.IN_DOUBT, status, "unreadable_answer", cut(why), null);
    }

    /**
     * No answer at all.
     *
     * @param requestLeft whether a byte of the request may have reached Intercom
     */
    static Failure noAnswer(boolean requestLeft, IOException e) {
        String message = cut(e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage()));
        if (!requestLeft) {
            return Failure.withoutAnswer(FailureKind.NOT_SENT, "no_connection", message);
        }
        // OkHttp's time-outs are all of this kind, SocketTimeoutException among them.
        boolean timedOut = e instanceof InterruptedIOException;
        return Failure.withoutAnswer(FailureKind.IN_DOUBT, timedOut ? Intercom.TIMED_OUT : "no_answer", message);
    }

    private static FailureKind kind(int status, String code) {
        // The token is missing, wrong, revoked or expired: it is so for every request.
        if (status == 401) {
            return FailureKind.STOPS_THE_RUN;
        }
        // The workspace's plan, or the token's permissions, do not allow this call at all.
        if (status == 403 && PLAN_CODES.contains(code)) {
            return FailureKind.STOPS_THE_RUN;
        }
        // The admin in whose name we write is gone, whatever the status.
        if (code.equals("admin_not_found")) {
            return FailureKind.STOPS_THE_RUN;
        }
        // Too many calls: Intercom turned it away unread.
        if (status == 429) {
            return FailureKind.NOT_SENT;
        }
        // The server gave up waiting for the request, or for itself.
        if (status == 408) {
            return FailureKind.IN_DOUBT;
        }
        // It failed there or on the way back; the effect may stand.
        if (status >= 500) {
            return FailureKind.IN_DOUBT;
        }
        // No such conversation.
        if (status == 404) {
            return FailureKind.NOT_FOUND;
        }
        // A redirect is not followed: a write would be sent twice. No document knows of one.
        // 400, 422 and every other 4xx: refused, nothing happened there.
        return FailureKind.REFUSED;
    }

    private static Told told(int status, String body) {
        try {
            JsonNode list = JSON.readTree(body);
            JsonNode error = list.path("errors").path(0);
            String code = error.path("code").asString("");
            if (!code.isEmpty()) {
                String requestId = list.path("request_id").asString("");
                return new Told(
                        cut(code, WORD_SHOWN),
                        cut(error.path("message").asString("")),
                        requestId.isEmpty() ? null : cut(requestId, WORD_SHOWN));
            }
        } catch (JacksonException e) {
            // Not Intercom's JSON: a proxy's page, told below.
        }
        String text = body.replaceAll("(?s)<(script|style).*?</\\1>|<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .strip();
        return new Told("http_" + status, text.isEmpty() ? "an answer without a body" : cut(text), null);
    }

    private static String cut(String text) {
        return cut(text, MESSAGE_SHOWN);
    }

    private static String cut(String text, int shown) {
        // Cc and not Cntrl, which is ASCII's: a terminal obeys U+009B as it does ESC [.
        String oneLine = text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
        if (oneLine.length() <= shown) {
            return oneLine;
        }
        boolean inTwo = Character.isHighSurrogate(oneLine.charAt(shown - 1));
        return oneLine.substring(0, inTwo ? shown - 1 : shown) + "…";
    }

    private record Told(
            String code, String message, @Nullable String requestId) {}
}
