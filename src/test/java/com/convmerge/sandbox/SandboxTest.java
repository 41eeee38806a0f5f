package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.convmerge.testing.TestClock;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server as a whole: its settings, its log, many clients at a time and delays. */
@Timeout(60)
class SandboxTest {
    @Test
    void listensOnLoopbackOnly() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            assertThat(sandbox.url().toString()).startsWith("http://127.0.0.1:");
            assertThatThrownBy(() ->
                            Sandbox.builder().port(sandbox.url().getPort()).start())
                    .isInstanceOf(java.io.UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1:" + sandbox.url().getPort());
        }
    }

    @Test
    void theAnswersReflectTheSettings() {
        try (Sandbox sandbox = Sandbox.builder()
                .appIdCode("abc123")
                .region("EU")
                .adminId("42")
                .token("secret")
                .start()) {
            Client client = new Client(sandbox.url(), "secret");
            assertThat(client.get("/me").body())
                    .contains("\"id\":\"42\"", "\"id_code\":\"abc123\"", "\"region\":\"EU\"");
            assertThat(new Client(sandbox).get("/me").status()).isEqualTo(401);
        }
    }

    @Test
    void callsAreLoggedWithoutTheToken() {
        TestClock clock = new TestClock();
        try (Sandbox sandbox = Sandbox.builder().clock(clock).start()) {
            sandbox.workspace().addConversation("101");
            new Client(sandbox).note("101", "x");
            Call call = sandbox.calls().get(0);

            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.path()).isEqualTo("/conversations/101/reply");
            assertThat(call.arrival().body()).contains("\"message_type\": \"note\"");
            assertThat(call.at()).isEqualTo(clock.instant());
            assertThat(call.status()).isEqualTo(200);
            assertThat(call.effect()).isTrue();
            assertThat(call.isNote()).isTrue();
            assertThat(call.conversationId()).contains("101");
            assertThat(call.toString()).doesNotContain(Sandbox.TOKEN);
        }
    }

    @Test
    void onlyTheNewestCallsAreKept() {
        CallLog log = new CallLog(2);
        for (int i = 1; i <= 3; i++) {
            log.add(new Call(
                    new Arrival(i, Instant.EPOCH, 1, Route.ME, "GET", "/me", null, null, ""), 200, false, null));
        }

        assertThat(log.calls()).extracting(call -> call.arrival().number()).containsExactly(2L, 3L);
        assertThat(log.count()).isEqualTo(3);
    }

    @Test
    void theServersOwnQueueOfRequestsStaysEmpty() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            for (int i = 0; i < 20; i++) {
                new Client(sandbox).get("/me");
            }
            assertThat((Collection<?>) field(field(sandbox, "server"), "requestQueue"))
                    .hasSizeLessThan(2);
        }
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    @Test
    void aCallCanBeHeldBackAfterItsEffect() throws Exception {
        CountDownLatch happened = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try (Sandbox sandbox = Sandbox.builder()
                .onCall(call -> {
                    happened.countDown();
                    awaitQuietly(release);
                })
                .start()) {
            sandbox.workspace().addConversation("101");
            Future<Client.Reply> reply = pool.submit(() -> new Client(sandbox).note("101", "x"));

            assertThat(happened.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(sandbox.workspace().conversation("101").notes()).hasSize(1);
            assertThat(reply.isDone()).isFalse();
            release.countDown();
            assertThat(reply.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void noNoteOf64SimultaneousClientsIsLost() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().rateLimit(1_000_000).start()) {
            for (int i = 0; i < 100; i++) {
                sandbox.workspace().addConversation("10" + i);
            }
            inParallel(64, 3_200, i -> new Client(sandbox).note("10" + i % 100, "note " + i));

            int notes = sandbox.workspace().conversations().stream()
                    .mapToInt(c -> c.notes().size())
                    .sum();
            assertThat(notes).isEqualTo(3_200);
            assertThat(sandbox.calls()).filteredOn(Call::effect).hasSize(3_200);
            assertThat(sandbox.workspace().conversations().stream()
                            .flatMap(c -> c.parts().stream())
                            .map(PartView::id))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void theLimitHoldsFor64SimultaneousClients() throws Exception {
        try (Sandbox sandbox =
                Sandbox.builder().clock(new TestClock()).rateLimit(100).start()) {
            sandbox.workspace().addConversation("101");
            inParallel(64, 500, i -> new Client(sandbox).note("101", "note " + i));

            assertThat(sandbox.workspace().conversation("101").notes()).hasSize(100);
            assertThat(sandbox.count429()).isEqualTo(400);
        }
    }

    @Test
    void latencyDelaysEachCallAndNotTheOthers() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().latency(Duration.ofMillis(200)).start()) {
            long millis = inParallel(16, 32, i -> new Client(sandbox).get("/me"));

            assertThat(millis).isBetween(400L, 3_000L);
        }
    }

    @Test
    void aShareOfTheCallsTakesTheLongerTime() {
        Delays delays = new Delays(Duration.ofMillis(100), List.of(new Delays.Tail(0.05, Duration.ofMillis(600))));
        long slow = 0;
        for (int i = 0; i < 2_000; i++) {
            Arrival call = new Arrival(i, Instant.EPOCH, 1, Route.READ, "GET", "/conversations/" + i, "" + i, null, "");
            slow += delays.of(call).toMillis() == 600 ? 1 : 0;
        }
        assertThat(slow).isBetween(60L, 140L);
    }

    private interface Step {
        void run(int number);
    }

    private static long inParallel(int clients, int calls, Step step) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        long start = System.nanoTime();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                int number = i;
                all.add(pool.submit(() -> step.run(number)));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
