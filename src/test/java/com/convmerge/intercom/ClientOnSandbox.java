package com.convmerge.intercom;

import com.convmerge.merge.ConversationId;
import com.convmerge.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of the client over HTTP: each has a sandbox with one conversation. */
abstract class ClientOnSandbox {
    static final ConversationId ID = new ConversationId("42");

    final Sandbox sandbox = Sandbox.builder().start();
    final IntercomFixture ours = new IntercomFixture(sandbox.url());

    @BeforeEach
    void addConversation() {
        sandbox.workspace().addConversation(ID.value());
    }

    @AfterEach
    void close() {
        ours.close();
        sandbox.close();
    }
}
