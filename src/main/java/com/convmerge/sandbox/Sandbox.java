package com.convmerge.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import mockwebserver3.MockWebServer;

/**
 * Intercom on this machine: answers the part of its REST API that we use over real HTTP, remembers what was done,
 * and fails on
 * demand. Listens on 127.0.0.1 only.
 */
public final class Sandbox implements AutoCloseable {

    /** The access token that is accepted unless another one is set. */
    public static final String TOKEN = "sandbox-token";

    private final MockWebServer server;
    private final SandboxDispatcher dispatcher;
    private final SandboxWorkspace workspace;
    private final Access access;
    private final RateWindow window;
    private final CallLog log;

    Sandbox(SandboxBuilder setup) {
        workspace =
                new SandboxWorkspace(setup.clock, setup.admin(), setup.appIdCode, setup.region, setup.noteVisibility());
        access = new Access(setup.token);
        window = new RateWindow(setup.clock, setup.rateLimit, setup.window);
        log = new CallLog(setup.keepAllCalls ? Integer.MAX_VALUE : SandboxBuilder.CALLS_KEPT);
        server = new MockWebServer();
        Consumer<Call> onCall = setup.onCall;
        dispatcher = new SandboxDispatcher(
                new SandboxDispatcher.Setup(
                        setup.clock,
                        access,
                        window,
                        new Endpoints(workspace, setup.quirks),
                        setup.delays(),
                        setup.retryAfter,
                        call -> {
                            log.add(call);
                            onCall.accept(call);
                        }),
                setup.faults,
                this::drainQueue);
        server.setDispatcher(dispatcher);
        server.setServerSocketFactory(new LoopbackSockets());
        listen(setup.port);
    }

    /** Starts with defaults that suit a test: any free port, Intercom's rate limit, no delays and no faults. */
    public static SandboxBuilder builder() {
        return new SandboxBuilder();
    }

    private void listen(int port) {
        try {
            server.start(loopback(), port);
        } catch (IOException e) {
            server.close();
            throw new UncheckedIOException("sandbox cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
        }
    }

    /** By number and not by name, as {@code localhost} may mean ::1. */
    private static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /**
     * MockWebServer keeps every request for {@code takeRequest}; nobody takes them here, so a long run would fill
     * the memory.
     */
    private void drainQueue() {
        try {
            while (server.takeRequest(0, TimeUnit.NANOSECONDS) != null) {
                // The log has it.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The base URL, such as {@code http://127.0.0.1:8080}, without a slash at its end. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** What the sandbox remembers, to seed it and to look into it. */
    public SandboxWorkspace workspace() {
        return workspace;
    }

    /** The calls that arrived, oldest first: the last 10,000, or all if the builder was told so. */
    public List<Call> calls() {
        return log.calls();
    }

    /** How many calls arrived in all. */
    public long callCount() {
        return log.count();
    }

    /** How many calls were answered 429, for the window was spent or by a fault. */
    public long count429() {
        return log.count429();
    }

    /** How the rate windows were used, oldest first, the present one last; windows without calls are left out. */
    public List<WindowUse> windows() {
        return window.windows();
    }

    /** Counts calls of other apps of the workspace against the present rate window. */
    public void useByOthers(int calls) {
        window.useByOthers(calls);
    }

    /** Makes all tokens accepted so far invalid: calls with them answer 401. */
    public void revokeToken() {
        access.revokeAll();
    }

    /** Accepts this token, too. */
    public void acceptToken(String token) {
        access.accept(token);
    }

    /** Replaces the fault plan while calls come in. */
    public void faults(FaultPlan plan) {
        dispatcher.faults(plan);
    }

    /** Stops listening and cuts all connections, those left hanging by a fault too. */
    @Override
    public void close() {
        server.close();
    }
}
