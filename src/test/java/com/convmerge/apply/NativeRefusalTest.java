package com.convmerge.apply;

import static com.convmerge.apply.GateOnSandbox.DUPLICATE;
import static com.convmerge.apply.GateOnSandbox.PARENT;
import static com.convmerge.apply.GateOnSandbox.TAG;
import static com.convmerge.apply.NativeMergeTest.assertLinked;
import static com.convmerge.apply.NativeMergeTest.refusal;
import static com.convmerge.apply.NativeMergeTest.setting;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.Failure;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.Strategy;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.NewConversation;
import com.convmerge.sandbox.Quirk;
import com.convmerge.sandbox.SandboxWorkspace;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Intercom refuses to merge by its own merge, and what each refusal means with each strategy. */
@OnEachDatabase
class NativeRefusalTest {
    private final Database database;

    NativeRefusalTest(Database database) {
        this.database = database;
    }

    /** What Intercom refuses whoever asks, and how it is brought about. */
    static Stream<Arguments> refusals_of_the_pair() {
        return Stream.of(
                refused("a back-office ticket", 422, ticket("Back-office")),
                refused("a tracker ticket", 422, ticket("Tracker")),
                refused("another customer", 422, workspace -> {}, Quirk.CUSTOMERS_NOT_MERGED),
                refused(
                        "another channel",
                        422,
                        workspace ->
                                replace(workspace, NewConversation.of(DUPLICATE).asEmail("Where is it?")),
                        Quirk.CHANNELS_NOT_MERGED));
    }

    private static Arguments refused(String name, int status, Consumer<SandboxWorkspace> change, Quirk... quirks) {
        return Arguments.of(name, status, change, quirks);
    }

    static Consumer<SandboxWorkspace> ticket(String category) {
        return workspace -> replace(workspace, NewConversation.of(DUPLICATE).asTicket(category));
    }

    private static void replace(SandboxWorkspace workspace, NewConversation other) {
        workspace.removeConversation(other.id());
        workspace.addConversation(other);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals_of_the_pair")
    void a_pair_that_intercom_refuses_to_merge_is_given_up(
            String name, int status, Consumer<SandboxWorkspace> change, Quirk... quirks) {
        try (GateOnSandbox gate =
                GateOnSandbox.open(database, setup -> setup.quirks(quirks), setting(Strategy.NATIVE))) {
            change.accept(gate.sandbox.workspace());

            Failure failure = refusal(gate);

            assertThat(failure.httpStatus()).isEqualTo(status);
            assertThat(failure.code()).isEqualTo("merge_failed");
            assertThat(gate.duplicate().state()).isEqualTo("open");
            assertThat(gate.state(OperationKind.MERGE_NATIVE)).isEqualTo("REFUSED");
            assertThat(gate.state(OperationKind.CLOSE)).isEqualTo("none");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals_of_the_pair")
    void a_pair_that_intercom_refuses_to_merge_is_closed_and_linked_where_the_strategy_says_so(
            String name, int status, Consumer<SandboxWorkspace> change, Quirk... quirks) {
        try (GateOnSandbox gate =
                GateOnSandbox.open(database, setup -> setup.quirks(quirks), setting(Strategy.NATIVE_THEN_LINK))) {
            change.accept(gate.sandbox.workspace());

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertLinked(gate);
            assertThat(gate.calls()).containsExactly("note", "tag", "MERGE", "close");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Strategy.class,
            names = {"NATIVE", "NATIVE_THEN_LINK"})
    void a_call_that_intercom_does_not_understand_is_a_refusal_of_the_pair(Strategy strategy) {
        try (GateOnSandbox gate = GateOnSandbox.open(database, setting(strategy))) {
            gate.sandbox.faults(FaultPlan.on(Arrival::isMerge, Fault.BAD_REQUEST_400));

            if (strategy == Strategy.NATIVE) {
                assertThat(refusal(gate).httpStatus()).isEqualTo(400);
            } else {
                assertThat(gate.apply()).isEqualTo(gate.done());
                assertLinked(gate);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Strategy.class,
            names = {"NATIVE", "NATIVE_THEN_LINK"})
    void a_missing_right_for_this_call_alone_is_the_requests_refusal_and_can_be_put_right(Strategy strategy) {
        try (GateOnSandbox gate =
                GateOnSandbox.open(database, setup -> setup.quirks(Quirk.TICKETS_NOT_IN_SCOPE), setting(strategy))) {
            ticket("Customer").accept(gate.sandbox.workspace());

            Failure failure = refusal(gate);

            assertThat(failure.httpStatus()).isEqualTo(403);
            assertThat(failure.message()).contains("write_tickets");
            assertThat(gate.state(OperationKind.MERGE_NATIVE)).isEqualTo("REFUSED");
            // The right is given to the token; an operator releases the request.
            replace(gate.sandbox.workspace(), NewConversation.of(DUPLICATE).tagged(TAG));
            assertThat(gate.apply()).isEqualTo(gate.done());
            assertThat(gate.duplicate().mergedInto()).isEqualTo(PARENT);
        }
    }
}
