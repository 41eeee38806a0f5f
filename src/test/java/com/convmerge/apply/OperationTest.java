package com.convmerge.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.intercom.Conversation;
import com.convmerge.ledger.Claim;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.DefaultResourceLoader;

/** How each type of operation is known in the ledger, and which conversation shows that it is done. */
class OperationTest {
    private static final ConversationId SURVIVOR = ConversationId.of(11);
    private static final ConversationId DUPLICATE = ConversationId.of(12);
    private static final MergeRequest REQUEST =
            new MergeRequest(42, SURVIVOR, DUPLICATE, SURVIVOR, "asked twice", "mara", "ext-1");
    private static final Workspace WORKSPACE = new Workspace("app1", "7", new RunTag("merged-duplicate", "8"), "{id}");
    private static final OperationKey SURVIVOR_NOTE = OperationKey.ofSurvivorNote(SURVIVOR, 17, 1);

    private static final Operation.AddNote ADD_NOTE =
            new Operation.AddNote(REQUEST, WORKSPACE, texts(), null, () -> true);
    private static final Operation.AddTag ADD_TAG = new Operation.AddTag(42L, DUPLICATE, WORKSPACE);
    private static final Operation.Close CLOSE = new Operation.Close(42L, DUPLICATE, WORKSPACE);
    private static final Operation.Reopen REOPEN =
            new Operation.Reopen(OperationKey.ofReopen(SURVIVOR, 17), null, SURVIVOR, WORKSPACE);
    private static final AddSurvivorNote ADD_SURVIVOR_NOTE = new AddSurvivorNote(
            OperationKind.SURVIVOR_NOTE,
            SURVIVOR_NOTE,
            SURVIVOR,
            new SurvivorNoteMerges(() -> List.of(REQUEST), List.of()),
            WORKSPACE,
            texts());

    static Stream<Arguments> each() {
        return Stream.of(
                Arguments.of(ADD_NOTE, OperationKind.NOTE, "r42/note", 42L, DUPLICATE),
                Arguments.of(ADD_TAG, OperationKind.TAG, "r42/tag", 42L, DUPLICATE),
                Arguments.of(CLOSE, OperationKind.CLOSE, "r42/close", 42L, DUPLICATE),
                Arguments.of(REOPEN, OperationKind.REOPEN, "p11/x17/reopen", null, SURVIVOR),
                Arguments.of(ADD_SURVIVOR_NOTE, OperationKind.SURVIVOR_NOTE, "p11/x17/note-1", null, SURVIVOR));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("each")
    void an_operation_is_claimed_with_its_key_request_and_conversation(
            Operation operation,
            OperationKind kind,
            String key,
            @Nullable Long requestId,
            ConversationId conversation) {
        assertThat(operation.claim(null, "cm-abc", conversation("snoozed", ""), 17))
                .isEqualTo(
                        new Claim(new OperationKey(key), kind, requestId, conversation, null, "cm-abc", "snoozed", 17));
        assertThat(operation.claim(null, null, null, 17).stateBefore()).isNull();
    }

    @Test
    void a_tag_is_there_if_the_conversation_has_the_tag_of_the_workspace() {
        assertThat(ADD_TAG.isSatisfiedBy(tagged("8"))).isTrue();
        assertThat(ADD_TAG.isSatisfiedBy(tagged("7", "8"))).isTrue();
        assertThat(ADD_TAG.isSatisfiedBy(tagged("7"))).isFalse();
        assertThat(ADD_TAG.isSatisfiedBy(tagged())).isFalse();
    }

    @Test
    void a_close_has_happened_if_the_conversation_is_closed() {
        assertThat(CLOSE.isSatisfiedBy(conversation("closed", ""))).isTrue();
        assertThat(CLOSE.isSatisfiedBy(conversation("open", ""))).isFalse();
        assertThat(CLOSE.isSatisfiedBy(conversation("snoozed", ""))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "snoozed"})
    void an_opening_has_happened_if_the_conversation_is_not_closed(String state) {
        assertThat(REOPEN.isSatisfiedBy(conversation(state, ""))).isTrue();
        assertThat(REOPEN.isSatisfiedBy(conversation("closed", ""))).isFalse();
    }

    private static Conversation conversation(String state, String body) {
        return new Conversation("12", state, Map.of(), List.of(new Conversation.Part("1", "note", body, "7", null)), 1);
    }

    private static Conversation tagged(String... tagIds) {
        return new Conversation(
                "12", "open", Stream.of(tagIds).collect(Collectors.toMap(id -> id, id -> "7")), List.of(), 0);
    }

    private static NoteTexts texts() {
        Settings settings =
                new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("convmerge", Settings.class);
        return new NoteTexts(new DefaultResourceLoader(), settings);
    }
}
