package com.convmerge.cli;

import static com.convmerge.cli.JobsFile.read;
import static com.convmerge.cli.JobsFile.values;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The units for systemd in {@code jobs/} agree with the program, and systemd understands them. */
class SystemdUnitsTest {
    private static final Path SYSTEMD_ANALYZE = Path.of("/usr/bin/systemd-analyze");
    private static final List<String> UNITS =
            List.of("convmerge@.service", "convmerge-failed@.service", "convmerge.timer");

    /** Those that systemd.unit(5), .service(5), .exec(5) and .timer(5) describe, as far as they are used. */
    private static final Map<String, Set<String>> ENTRIES = Map.of(
            "[Unit]",
            Set.of("After", "Description", "OnFailure", "Wants"),
            "[Service]",
            Set.of(
                    "CapabilityBoundingSet",
                    "Environment",
                    "EnvironmentFile",
                    "ExecStart",
                    "LockPersonality",
                    "NoNewPrivileges",
                    "PrivateDevices",
                    "PrivateTmp",
                    "ProtectControlGroups",
                    "ProtectHome",
                    "ProtectKernelModules",
                    "ProtectKernelTunables",
                    "ProtectSystem",
                    "Restart",
                    "RestrictAddressFamilies",
                    "RestrictSUIDSGID",
                    "StateDirectory",
                    "SuccessExitStatus",
                    "SystemCallArchitectures",
                    "TimeoutStartSec",
                    "TimeoutStopSec",
                    "Type",
                    "UMask",
                    "User",
                    "WorkingDirectory"),
            "[Timer]",
            Set.of("OnCalendar", "Persistent", "RandomizedDelaySec", "Unit"),
            "[Install]",
            Set.of("WantedBy"));

    @TempDir
    private Path directory;

    @Test
    void the_service_runs_the_command_that_it_is_named_for_with_the_options_from_its_environment() {
        assertThat(values("convmerge@.service", "ExecStart"))
                .as("without quotes, so that several options arrive as several")
                .containsExactly("/opt/convmerge/convmerge %i $CONVMERGE_ARGUMENTS");
        assertThat(values("convmerge@.service", "EnvironmentFile"))
                .as("no token in a file that everybody reads")
                .containsExactly("/etc/convmerge/env");
        assertThat(values("convmerge@.service", "WorkingDirectory"))
                .containsExactly("/var/lib/"
                        + values("convmerge@.service", "StateDirectory").get(0));
    }

    @Test
    void the_service_takes_for_success_what_needs_no_operator() {
        assertThat(values("convmerge@.service", "SuccessExitStatus"))
                .containsExactly(ExitCode.SOME_LEFT.code() + " " + ExitCode.STOPPED.code() + " 143");
        assertThat(values("convmerge@.service", "Restart")).containsExactly("no");
    }

    @Test
    void a_service_that_fails_starts_the_unit_that_tells_somebody() {
        assertThat(values("convmerge@.service", "OnFailure")).containsExactly("convmerge-failed@%n.service");
        assertThat(values("convmerge-failed@.service", "ExecStart"))
                .singleElement()
                .asString()
                .contains("journalctl --unit \"%i\"", "mail -s \"%i failed on %H\" \"$TELL\"");
        assertThat(values("convmerge-failed@.service", "Environment")).containsExactly("TELL=ops@example.com");
    }

    @Test
    void each_line_of_a_unit_is_an_entry_that_its_section_knows() throws IOException, InterruptedException {
        for (String unit : UNITS) {
            String section = "";
            for (String line : read(unit).lines().toList()) {
                section = line.startsWith("[") ? line : section;
                if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("[")) {
                    assertThat(line).as(unit + " " + section).matches("[A-Z][A-Za-z]+=.*");
                    assertThat(ENTRIES.getOrDefault(section, Set.of()))
                            .as(unit + " " + section)
                            .contains(line.substring(0, line.indexOf('=')));
                }
            }
        }
        // The lines are looked at on every machine; where systemd is, it has its say, too.
        if (Files.isExecutable(SYSTEMD_ANALYZE)) {
            assertThat(whatSystemdSays()).doesNotContain("convmerge");
        }
    }

    /** Asks systemd what is wrong with the units; it ends with an exit code other than 0 if it finds anything. */
    private String whatSystemdSays() throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(SYSTEMD_ANALYZE.toString(), "verify", "--man=no", "--recursive-errors=no"));
        for (String unit : UNITS) {
            // It wants to see the program, which only an installed machine has.
            Path copy = Files.writeString(
                    directory.resolve(unit), read(unit).replace("/opt/convmerge/convmerge", "/bin/true"));
            command.add(copy.toString());
        }
        Path log = directory.resolve("log");
        int exitCode = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String said = Files.readString(log);
        assertThat(exitCode).as(said).isZero();
        return said;
    }

    @Test
    void the_comment_shows_a_command_by_hand_with_the_settings_of_the_service() {
        assertThat(read("convmerge@.service"))
                .contains("systemd-run --pipe --wait --collect")
                .contains("--uid=" + values("convmerge@.service", "User").get(0))
                .contains("-p EnvironmentFile="
                        + values("convmerge@.service", "EnvironmentFile").get(0))
                .contains("-p WorkingDirectory="
                        + values("convmerge@.service", "WorkingDirectory").get(0) + " /opt/convmerge/convmerge status");
    }

    @Test
    void the_timer_makes_up_for_a_missed_night() {
        assertThat(values("convmerge.timer", "OnCalendar")).containsExactly("*-*-* 01:30:00");
        assertThat(values("convmerge.timer", "Persistent")).containsExactly("true");
    }
}
