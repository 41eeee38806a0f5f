package com.convmerge.sandbox;

import com.convmerge.testing.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A sandbox that keeps in a file what it has accepted, and is started on it again and again.
 *
 * @param fill makes the conversations that are there from the beginning
 */
record KeptSandbox(Path file, Consumer<SandboxWorkspace> fill, TestClock clock) {
    Sandbox start() throws IOException {
        Sandbox sandbox = Sandbox.builder().clock(clock).start();
        try {
            sandbox.keepIn(file, fill);
        } catch (IOException e) {
            sandbox.close();
            throw e;
        }
        return sandbox;
    }

    /** What the workspace of another start is like. */
    List<ConversationView> broughtBack() throws IOException {
        try (Sandbox sandbox = start()) {
            return sandbox.workspace().conversations();
        }
    }
}
