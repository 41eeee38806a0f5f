package com.convmerge.benchmark;

import com.convmerge.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The same calls as a night's, in a loop: no database, no rate limit, no look at the answers. What a user would write instead.
 * Arguments: the sandbox's URL, the requests, the parents (0 leaves theirs out), and how many are in flight. It prints the
 * milliseconds of processor time that the calls took.
 */
final class BareLoop {
    private static final MediaType JSON = MediaType.get("application/json");

    private final OkHttpClient http;
    private final String url;
    private final JsonMapper json = new JsonMapper();

    private BareLoop(String url, int concurrency) {
        this.url = url;
        this.http = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(concurrency, 5, TimeUnit.MINUTES))
                .build();
    }

    public static void main(String[] args) throws Exception {
        int requests = Integer.parseInt(args[1]);
        int parents = Integer.parseInt(args[2]);
        int concurrency = Integer.parseInt(args[3]);
        Load load = new Load("", requests, Math.max(1, parents), 0, 0, List.of());
        BareLoop loop = new BareLoop(args[0], concurrency);
        String admin = loop.call("/me", null).path("id").asString();
        String tag = loop.call("/tags", Map.of("name", "merged-duplicate"))
                .path("id")
                .asString();
        Duration before = Processes.cpu(ProcessHandle.current());
        ExecutorService pool = Executors.newFixedThreadPool(concurrency);
        inParallel(pool, parents, i -> loop.call("/conversations/" + load.parent(i) + "?display_as=plaintext", null));
        inParallel(pool, requests, i -> {
            String conversation = "/conversations/" + load.duplicate(i);
            String body = "<p>Merged into conversation " + load.parent(i) + ". Please go on there.</p>";
            loop.call(
                    conversation + "/reply",
                    Map.of("message_type", "note", "type", "admin", "admin_id", admin, "body", body));
            loop.call(conversation + "/tags", Map.of("id", tag, "admin_id", admin));
            loop.call(conversation + "/parts", Map.of("message_type", "close", "type", "admin", "admin_id", admin));
        });
        inParallel(
                pool,
                parents,
                i -> loop.call(
                        "/conversations/" + load.parent(i) + "/reply",
                        Map.of(
                                "message_type",
                                "note",
                                "type",
                                "admin",
                                "admin_id",
                                admin,
                                "body",
                                "<p>Ten were merged.</p>")));
        System.out.println(Processes.cpu(ProcessHandle.current()).minus(before).toMillis());
        System.exit(0);
    }

    private static void inParallel(ExecutorService pool, int count, IntConsumer work) throws Exception {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int each = i;
            all.add(pool.submit(() -> work.accept(each)));
        }
        for (Future<?> one : all) {
            one.get();
        }
    }

    private JsonNode call(String path, @Nullable Map<String, String> body) {
        Request.Builder request = new Request.Builder()
                .url(url + path)
                .header("Authorization", "Bearer " + Sandbox.TOKEN)
                .header("Intercom-Version", "2.16");
        if (body != null) {
            request.post(RequestBody.create(json.writeValueAsString(body), JSON));
        }
        try (Response response = http.newCall(request.build()).execute()) {
            String text = response.body().string();
            if (!response.isSuccessful()) {
                throw new IllegalStateException(path + ": " + response.code() + " " + text);
            }
            return path.startsWith("/conversations") ? json.nullNode() : json.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
