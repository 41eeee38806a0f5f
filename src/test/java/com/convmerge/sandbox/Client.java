package com.convmerge.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plain HTTP client for the sandbox. Single quotes in its JSON arguments stand for double quotes. */
final class Client {
    record Reply(int status, HttpResponse<String> http) {
        JsonNode json() {
            return new JsonMapper().readTree(http.body());
        }

        String body() {
            return http.body();
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("none");
        }

        String code() {
            return json().path("errors").path(0).path("code").asString("none");
        }

        String message() {
            return json().path("errors").path(0).path("message").asString("none");
        }
    }

    static final String ADMIN = "991267459";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI url;
    private final String token;

    Client(Sandbox sandbox) {
        this(sandbox.url(), Sandbox.TOKEN);
    }

    Client(URI url, String token) {
        this.url = url;
        this.token = token;
    }

    Reply get(String path) {
        return send(request(path).GET());
    }

    Reply post(String path, String json) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    Reply delete(String path, String json) {
        return send(request(path).method("DELETE", HttpRequest.BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    Reply note(String conversation, String text) {
        return note(conversation, text, Duration.ofSeconds(20));
    }

    /** Writes a note and waits for the answer no longer than this. */
    Reply note(String conversation, String text, Duration patience) {
        String json = "{'message_type': 'note', 'type': 'admin', 'admin_id': '" + ADMIN + "', 'body': '" + text + "'}";
        return send(request("/conversations/" + conversation + "/reply")
                .timeout(patience)
                .POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    Reply close(String conversation) {
        return post(
                "/conversations/" + conversation + "/parts",
                "{'message_type': 'close', 'type': 'admin', 'admin_id': " + ADMIN + "}");
    }

    Reply tag(String conversation, String tagId) {
        return post("/conversations/" + conversation + "/tags", "{'id': '" + tagId + "', 'admin_id': '" + ADMIN + "'}");
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json");
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
