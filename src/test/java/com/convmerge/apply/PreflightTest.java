package com.convmerge.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.convmerge.intercom.Admin;
import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.ConversationId;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.Route;
import com.convmerge.sandbox.SandboxBuilder;
import com.convmerge.settings.Settings;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreflightTest {
    private static final Database DATABASE = Databases.h2();
    private static final Predicate<Arrival> ME = arrival -> arrival.route() == Route.ME;
    private static final Predicate<Arrival> TAG_BY_NAME = arrival -> arrival.route() == Route.CREATE_TAG;

    @Test
    void it_finds_the_workspace_and_the_admin_and_creates_the_tag_if_it_is_missing() {
        try (GateOnSandbox gate = open(setup -> setup.appIdCode("app42").adminId("4711"), "convmerge.tag=folded")) {
            Workspace workspace = gate.workspace;

            assertThat(workspace.appIdCode()).isEqualTo("app42");
            assertThat(workspace.adminId()).isEqualTo("4711");
            assertThat(workspace.tagId())
                    .isEqualTo(gate.sandbox.workspace().tagNamed("folded").id());
            assertThat(workspace.linkTo(ConversationId.of(12)))
                    .isEqualTo("https://app.intercom.com/a/inbox/app42/inbox/conversation/12");
            assertThat(workspace.link())
                    .isEqualTo(gate.bean(Settings.class).intercom().linkOrDefault());
        }
    }

    @Test
    void it_uses_the_tag_that_exists() {
        try (GateOnSandbox gate = open(setup -> setup)) {
            Workspace again = gate.preflight().prepare(gate.preflight().identify());

            assertThat(again.tagId()).isEqualTo(gate.workspace.tagId());

            assertThat(gate.sandbox.workspace().tagNames()).containsExactly("merged-duplicate");
        }
    }

    @Test
    void the_workspace_is_identified_before_anything_is_written_there() {
        try (GateOnSandbox gate = open(setup -> setup.appIdCode("app42").adminId("4711"))) {
            Admin admin = gate.preflight().identify();

            assertThat(admin.appIdCode()).isEqualTo("app42");
            assertThat(admin.id()).isEqualTo("4711");
            assertThat(gate.calls()).containsExactly("ME");
        }
    }

    @Test
    void for_a_dry_run_it_makes_no_call_that_creates_the_tag() {
        try (GateOnSandbox gate = open(setup -> setup.appIdCode("app42").adminId("4711"))) {
            Workspace looked = gate.preflight().look(gate.preflight().identify());

            assertThat(looked.appIdCode()).isEqualTo("app42");
            assertThat(looked.adminId()).isEqualTo("4711");
            assertThat(looked.tagId()).isEmpty();
            assertThat(looked.link()).isEqualTo(gate.workspace.link());
            assertThat(gate.calls()).containsExactly("ME");
        }
    }

    @Test
    void a_workspace_of_another_region_is_refused_before_anything_is_written_there() {
        assertThatThrownBy(() -> open(setup -> setup.region("EU")))
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessageContaining("region EU")
                .hasMessageContaining("INTERCOM_REGION is us");
        try (GateOnSandbox gate = open(setup -> setup.region("EU"), "convmerge.intercom.region=eu")) {
            assertThat(gate.workspace.linkTo(ConversationId.of(12))).startsWith("https://app.eu.intercom.com/");
        }
    }

    @Test
    void a_revoked_token_is_a_configuration_problem_and_the_message_names_the_setting() {
        try (GateOnSandbox gate = open(setup -> setup)) {
            gate.sandbox.revokeToken();

            assertRefused(gate, true, "401 token_revoked", "INTERCOM_ACCESS_TOKEN", "INTERCOM_REGION");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FORBIDDEN_PLAN_403", "UNPROCESSABLE_422", "NOT_FOUND_404"})
    void a_tag_that_may_not_be_created_is_a_configuration_problem(Fault fault) {
        try (GateOnSandbox gate = open(setup -> setup)) {
            gate.sandbox.faults(FaultPlan.always(TAG_BY_NAME, fault));

            assertRefused(gate, true, fault.name().replaceAll(".*_", ""));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ERROR_500_BEFORE", "HTML_502_BEFORE", "RATE_LIMITED_429", "DROP_BEFORE"})
    void a_failure_of_intercom_is_no_configuration_problem(Fault fault) {
        try (GateOnSandbox gate = open(setup -> setup)) {
            gate.sandbox.faults(FaultPlan.always(ME, fault));

            assertRefused(gate, false, "cannot be used now");
        }
    }

    @Test
    void a_passing_failure_of_the_first_call_is_tried_again() {
        try (GateOnSandbox gate = open(setup -> setup)) {
            gate.sandbox.faults(FaultPlan.on(ME, Fault.ERROR_500_BEFORE, Fault.DROP_BEFORE));

            assertThat(gate.preflight().prepare(gate.preflight().identify()).tagId())
                    .isEqualTo(gate.workspace.tagId());
        }
    }

    @Test
    void the_message_says_that_intercom_cannot_be_reached() {
        try (GateOnSandbox gate = open(setup -> setup)) {
            gate.sandbox.close();

            assertRefused(gate, false, "no_connection");
        }
    }

    private static GateOnSandbox open(UnaryOperator<SandboxBuilder> setup, String... settings) {
        return GateOnSandbox.open(DATABASE, setup, settings);
    }

    private static void assertRefused(GateOnSandbox gate, boolean isConfiguration, String... expected) {
        assertThatThrownBy(() -> gate.preflight().prepare(gate.preflight().identify()))
                .isInstanceOfSatisfying(Preflight.Refused.class, refused -> {
                    assertThat(refused.isConfiguration()).isEqualTo(isConfiguration);
                    assertThat(refused.getMessage()).contains(expected).doesNotContain("sandbox-token");
                });
    }
}
