package com.convmerge.intercom;

import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OneLine;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Set;
import javax.net.ssl.SSLException;
import okhttp3.internal.http2.ConnectionShutdownException;
import okhttp3.internal.http2.ErrorCode;
import okhttp3.internal.http2.StreamResetException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Classifies failed calls: one reason a line. */
final class IntercomFailure {
    private static final Set<String> PLAN_CODES = Set.of("api_plan_restricted", "forbidden");
    /** 451, Unavailable For Legal Reasons, is the last one in IANA's registry. */
    private static final int LAST_REGISTERED_4XX = 451;

    private static final int MESSAGE_SHOWN = 500;
    /** The longest code and request id that are kept; the columns take more. */
    private static final int WORD_SHOWN = 200;

    private static final JsonMapper JSON = new JsonMapper();

    private IntercomFailure() {}

    /** An answer other than 2xx. Its body is an {@code error.list}, a proxy's HTML, or anything else. */
    static Failure of(int status, String body) {
        ErrorBody error = read(status, body);
        return new Failure(kind(status, error.code()), status, error.code(), error.message(), error.requestId());
    }

    /**
     * What a failure means if the call was to change something. Only a registered 4xx says that nothing happened (RFC 9110): a
     * redirect may follow an effect (303 does), and a status such as nginx's 499 says that somebody did not wait for the answer.
     */
    static Failure ofWrite(Failure failure) {
        Integer status = failure.httpStatus();
        boolean isNoRefusal = failure.kind() == FailureKind.REFUSED
                && status != null
                && (status < 400 || status > LAST_REGISTERED_4XX);
        return isNoRefusal ? failure.as(FailureKind.IN_DOUBT) : failure;
    }

    /** A 2xx whose body cannot be read: the effect may have happened or not. */
    static Failure unreadable(int status, String why) {
        return new Failure(FailureKind.IN_DOUBT, status, "unreadable_answer", OneLine.of(why, MESSAGE_SHOWN), null);
    }

    /**
     * There was no answer.
     *
     * @param requestLeft whether a byte of the request may have reached Intercom
     */
    static Failure noAnswer(boolean requestLeft, IOException e) {
        String message = OneLine.of(words(e), MESSAGE_SHOWN);
        if (!requestLeft || isRefused(e)) {
            return Failure.withoutAnswer(FailureKind.NOT_SENT, "no_connection", message);
        }
        // All time-outs of OkHttp are of this type, SocketTimeoutException included.
        boolean timedOut = e instanceof InterruptedIOException;
        return Failure.withoutAnswer(FailureKind.IN_DOUBT, timedOut ? "timed_out" : "no_answer", message);
    }

    /** The exception's message, with what its type says in Java's words and the message often leaves out. */
    private static String words(IOException e) {
        String message = e.getMessage() == null ? "" : ": " + e.getMessage();
        if (e instanceof UnknownHostException) {
            return "the name of the host is not known" + message;
        }
        if (e instanceof InterruptedIOException) {
            return "no answer in time" + message;
        }
        if (e instanceof SSLException) {
            return "no secure connection" + message;
        }
        return (e instanceof ConnectException ? "no connection" : "the connection broke off") + message;
    }

    /**
     * Whether the server guarantees by HTTP/2's own means that it has not processed the request (RFC 9113, 8.7): it refused the stream,
     * or went away with a last stream before this one, which OkHttp shows as a refused stream, too; or this client had seen it go away
     * and did not open the stream. No other reset says so.
     */
    private static boolean isRefused(IOException e) {
        return e instanceof StreamResetException reset && reset.errorCode == ErrorCode.REFUSED_STREAM
                || e instanceof ConnectionShutdownException;
    }

    private static FailureKind kind(int status, String code) {
        // The token is missing, wrong, revoked or expired, so every request would fail.
        if (status == 401) {
            return FailureKind.STOPS_THE_RUN;
        }
        // The workspace's plan or the token's permissions do not allow this call at all.
        if (status == 403 && PLAN_CODES.contains(code)) {
            return FailureKind.STOPS_THE_RUN;
        }
        // The admin in whose name the notes are written is gone; the status does not matter.
        if (code.equals("admin_not_found")) {
            return FailureKind.STOPS_THE_RUN;
        }
        // There were too many calls, so Intercom rejected this one without processing it.
        if (status == 429) {
            return FailureKind.NOT_SENT;
        }
        // The server gave up waiting; it may have processed the request all the same.
        if (status == 408) {
            return FailureKind.IN_DOUBT;
        }
        // The call failed at Intercom or on the way back, so it may have had its effect.
        if (status >= 500) {
            return FailureKind.IN_DOUBT;
        }
        // There is no such conversation.
        if (status == 404) {
            return FailureKind.NOT_FOUND;
        }
        // 400, 422, every other 4xx, and redirects, which are not followed because a write would be sent twice: nothing
        // happened.
        return FailureKind.REFUSED;
    }

    private static ErrorBody read(int status, String body) {
        try {
            JsonNode list = JSON.readTree(body);
            JsonNode error = list.path("errors").path(0);
            String code = error.path("code").asString("");
            if (!code.isEmpty()) {
                String requestId = list.path("request_id").asString("");
                return new ErrorBody(
                        OneLine.of(code.strip(), WORD_SHOWN),
                        OneLine.of(error.path("message").asString("").strip(), MESSAGE_SHOWN),
                        requestId.isEmpty() ? null : OneLine.of(requestId.strip(), WORD_SHOWN));
            }
        } catch (JacksonException e) {
            // This is not Intercom's JSON but, for example, a proxy's page: its text is the message.
        }
        String text = body.replaceAll("(?s)<(script|style).*?</\\1>|<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .strip();
        return new ErrorBody(
                "http_" + status, text.isEmpty() ? "an answer without a body" : OneLine.of(text, MESSAGE_SHOWN), null);
    }

    private record ErrorBody(
            String code, String message, @Nullable String requestId) {}
}
