package com.convmerge.apply;

import static com.convmerge.apply.GateOnSandbox.EXECUTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.intercom.CallPermit;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import com.convmerge.testing.Databases;
import org.junit.jupiter.api.Test;

/** Each gate follows its own permit. */
class GateFactoryTest {
    private static final CallPermit REVOKED = new CallPermit() {
        @Override
        public boolean isRevoked() {
            return true;
        }

        @Override
        public boolean isGranted() {
            return false;
        }
    };

    @Test
    void a_gate_with_a_revoked_permit_sends_nothing_while_another_gate_works() {
        try (GateOnSandbox gate = GateOnSandbox.open(Databases.h2())) {
            Gate revoked = gate.bean(GateFactory.class).open(REVOKED, false);

            assertThat(revoked.requests().apply(gate.request, gate.workspace, EXECUTION, null, () -> true))
                    .isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                        assertThat(failed.failure().kind()).isEqualTo(FailureKind.STOPS_THE_RUN);
                        assertThat(failed.failure().code()).isEqualTo("halted");
                    });
            assertThat(gate.calls()).isEmpty();
            assertThat(gate.state(OperationKind.NOTE)).isEqualTo("none");

            assertThat(gate.apply()).isEqualTo(gate.done());
        }
    }
}
