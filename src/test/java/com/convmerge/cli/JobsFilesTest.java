package com.convmerge.cli;

import static com.convmerge.cli.JobsFile.found;
import static com.convmerge.cli.JobsFile.read;
import static com.convmerge.cli.JobsFile.values;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files in {@code jobs/} agree with the program: its commands, exit codes and settings. */
class JobsFilesTest {
    private static final String POD = "/spec/jobTemplate/spec/template/spec";
    private static final String CONTAINER = POD + "/containers/0";

    @TempDir
    private Path directory;

    @Test
    void every_command_in_the_files_is_one_of_ours() {
        List<String> commands = new ArrayList<>();
        commands.addAll(found(read("convmerge@.service"), "convmerge@([a-z]+)(?![a-z.*])"));
        commands.addAll(found(read("convmerge.timer"), "(?m)^Unit=convmerge@(.+)\\.service$"));
        commands.addAll(found(read("crontab"), "(?m)^[^#\n].*/opt/convmerge/convmerge ([a-z]+)"));
        commands.addAll(found(read("cronjob.yaml"), "- (restart)\\$?/"));
        commands.add(strings(CONTAINER + "/args").collect(Collectors.joining(" ")));
        assertThat(commands).contains("run", "restart").hasSizeGreaterThanOrEqualTo(5);
        assertThat(Set.copyOf(commands)).allSatisfy(command -> assertThat(
                        CliRunner.in(directory).type(command.split(" ")).err())
                .as("it was understood, and only wants a token")
                .startsWith("convmerge: no access token"));
    }

    @Test
    void whoever_stops_the_program_gives_it_twice_the_time_that_it_takes_to_drain() {
        assertThat(values("convmerge@.service", "TimeoutStopSec")).containsExactly("60");
        assertThat(yaml(POD + "/terminationGracePeriodSeconds").asInt()).isEqualTo(60);
    }

    @Test
    void the_image_has_what_the_launcher_and_its_installation_need() {
        assertThat(read("cronjob.yaml"))
                .contains("#   COPY target/convmerge.jar /build/target/", "#   COPY jobs /build/jobs")
                .contains("#   RUN /build/jobs/install /opt/convmerge && rm -r /build")
                .contains("#   ENTRYPOINT [\"/opt/convmerge/convmerge\"]");
    }

    @Test
    void no_file_starts_the_jar_by_hand_any_more() {
        assertThat(List.of("convmerge@.service", "crontab", "cronjob.yaml"))
                .allSatisfy(file -> assertThat(read(file)).doesNotContain("java -jar", "\"-jar\""));
    }

    @Test
    void the_crontab_has_one_line_that_starts_something() {
        assertThat(read("crontab").lines().filter(line -> line.matches("[0-9*].*")))
                .singleElement()
                .asString()
                .startsWith("30 1 * * * cd /var/lib/convmerge && ")
                .contains(". /etc/convmerge/env")
                .contains("/opt/convmerge/convmerge run $CONVMERGE_ARGUMENTS;")
                .as("cron makes a line break of it")
                .doesNotContain("%");
    }

    @Test
    void the_cron_job_starts_no_second_run_and_none_again_that_would_end_the_same() {
        assertThat(yaml("/apiVersion").asString()).isEqualTo("batch/v1");
        assertThat(yaml("/kind").asString()).isEqualTo("CronJob");
        assertThat(yaml("/spec/schedule").asString()).isEqualTo("30 1 * * *");
        assertThat(yaml("/spec/concurrencyPolicy").asString()).isEqualTo("Forbid");
        assertThat(yaml(POD + "/restartPolicy").asString()).isEqualTo("Never");
        String rule = "/spec/jobTemplate/spec/podFailurePolicy/rules/1";
        assertThat(yaml(rule + "/action").asString()).isEqualTo("FailJob");
        assertThat(yaml(rule + "/onExitCodes/containerName")).isEqualTo(yaml(CONTAINER + "/name"));
        assertThat(yaml(rule + "/onExitCodes/operator").asString()).isEqualTo("In");
        assertThat(yaml(rule + "/onExitCodes/values").valueStream().map(JsonNode::asInt))
                .containsExactly(
                        ExitCode.WRONG_USE.code(),
                        ExitCode.SOME_LEFT.code(),
                        ExitCode.STOPPED.code(),
                        ExitCode.ANOTHER_RUN.code());
    }

    /** Kubernetes refuses the whole file otherwise: both are required (batch/v1, PodFailurePolicyRule). */
    @Test
    void the_rules_of_the_cron_job_pass_the_schema_of_kubernetes() {
        JsonNode rules = yaml("/spec/jobTemplate/spec/podFailurePolicy/rules");
        assertThat(rules).hasSize(2).allSatisfy(rule -> {
            assertThat(rule.get("action").asString()).isIn("Ignore", "FailJob", "Count", "FailIndex");
            assertThat(rule.has("onExitCodes")).isNotEqualTo(rule.has("onPodConditions"));
        });
        assertThat(rules.get(0).get("onPodConditions")).singleElement().satisfies(condition -> {
            assertThat(condition.get("type").asString()).isEqualTo("DisruptionTarget");
            assertThat(condition.get("status").isString())
                    .as("a string, and not a boolean")
                    .isTrue();
            assertThat(condition.get("status").asString()).isEqualTo("True");
        });
    }

    @Test
    void the_cron_job_takes_its_secrets_from_a_secret_and_writes_only_to_its_volumes() {
        assertThat(yaml(CONTAINER + "/env")).isNotEmpty().allSatisfy(variable -> assertThat(variable.has("valueFrom"))
                .as(variable.toString())
                .isEqualTo(variable.get("name").asString().matches(".*(TOKEN|PASSWORD)")));
        assertThat(yaml(CONTAINER + "/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(yaml(CONTAINER + "/volumeMounts").valueStream().map(mount -> mount.get("mountPath")
                        .asString()))
                .containsExactly("/var/lib/convmerge", "/tmp");
    }

    private static JsonNode yaml(String pointer) {
        JsonNode file = new JsonMapper().valueToTree(new Yaml().load(read("cronjob.yaml")));
        return file.at(pointer);
    }

    private static Stream<String> strings(String pointer) {
        return yaml(pointer).valueStream().map(JsonNode::asString);
    }
}
