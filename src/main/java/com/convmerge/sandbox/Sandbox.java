package com.convmerge.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import mockwebserver3.MockWebServer;
import org.jspecify.annotations.Nullable;

/**
 * A simulator of Intercom: answers the part of its REST API that we use over real HTTP, keeps the data in memory, and
 * fails on demand. It listens on 127.0.0.1 only.
 */
public final class Sandbox implements AutoCloseable {
    /** The access token that is accepted unless another one is set. */
    public static final String TOKEN = "sandbox-token";

    private final MockWebServer server = new MockWebServer();
    private final SandboxWorkspace workspace;
    private final SandboxDispatcher dispatcher;
    private @Nullable SandboxJournal journal;

    Sandbox(SandboxBuilder setup) {
        workspace = new SandboxWorkspace(setup);
        dispatcher = new SandboxDispatcher(setup, server, workspace);
        server.setDispatcher(dispatcher);
        server.setServerSocketFactory(new LoopbackSockets());
        try {
            // The numeric address, as the name localhost may mean ::1.
            server.start(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), setup.port);
        } catch (IOException e) {
            server.close();
            throw new UncheckedIOException(
                    "sandbox cannot listen on 127.0.0.1:" + setup.port + ": " + e.getMessage(), e);
        }
    }

    /** Returns a builder with defaults for a test: any free port, Intercom's rate limit, no delays and no faults. */
    public static SandboxBuilder builder() {
        return new SandboxBuilder();
    }

    /** The base URL, such as {@code http://127.0.0.1:8080}, without a slash at its end. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** The data of the sandbox, to fill and to inspect. */
    public SandboxWorkspace workspace() {
        return workspace;
    }

    /**
     * Fills the workspace, which must be empty, and keeps in this file what calls change from now on. If the file holds such changes of an
     * earlier start with the same filling, they are brought back: ids, states, authors and times are the same as then. What is changed on
     * the {@link #workspace()} itself is not kept. One sandbox at a time may use the file.
     *
     * @throws UnreadableJournal if the file holds something else; it is left as it is
     */
    public void keepIn(Path file, Consumer<SandboxWorkspace> fill) throws IOException {
        journal = SandboxJournal.open(file, workspace, dispatcher.endpoints, fill);
        dispatcher.endpoints.journal = journal;
    }

    /** The calls that arrived, oldest first: the newest 10,000, or all with {@link SandboxBuilder#keepAllCalls}. */
    public List<Call> calls() {
        return dispatcher.log.calls();
    }

    /** How many calls arrived in all. */
    public long callCount() {
        return dispatcher.log.count();
    }

    /** How many calls were answered 429, because the window was used up or by a fault. */
    public long count429() {
        return dispatcher.log.count429();
    }

    /** How the rate windows were used, oldest first, the current one last; windows without calls are left out. */
    public List<WindowUse> windows() {
        return dispatcher.window.windows();
    }

    /** Makes all tokens accepted so far invalid: calls with them are answered 401. */
    public void revokeToken() {
        dispatcher.access.revokeAll();
    }

    /** Accepts one more token. */
    public void acceptToken(String token) {
        dispatcher.access.accept(token);
    }

    /** Replaces the fault plan, also while calls are arriving. */
    public void faults(FaultPlan plan) {
        dispatcher.faults = plan;
    }

    /** Replaces the plan of {@link SandboxBuilder#lateEffects}, also while calls are arriving. */
    public void lateEffects(DelayPlan plan) {
        dispatcher.lateEffects = plan;
    }

    /** Replaces the plan of {@link SandboxBuilder#staleReads}, also while calls are arriving. */
    public void staleReads(DelayPlan plan) {
        dispatcher.staleReads = plan;
    }

    /** Replaces the plan of {@link SandboxBuilder#answers}, also while calls are arriving. */
    public void answers(AnswerPlan plan) {
        dispatcher.answers = plan;
    }

    /** Stops listening and cuts all connections, including those that a fault left without an answer. */
    @Override
    public void close() {
        server.close();
        try {
            if (journal != null) {
                journal.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox's journal cannot be closed: " + e.getMessage(), e);
        }
    }
}
