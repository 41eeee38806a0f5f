package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From what a process can see of the others, on a made-up {@code /proc}. */
class VisibleProcessesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path proc;

    @BeforeEach
    void linux() throws IOException {
        Files.createDirectories(proc.resolve("sys/kernel/random"));
        Files.writeString(proc.resolve("sys/kernel/random/boot_id"), "1f0c2a3b-7c1d-4f6e-9a6b-1c2d3e4f5a6b\n");
        Files.createDirectories(proc.resolve("self/ns"));
        Files.createSymbolicLink(proc.resolve("self/ns/pid"), Path.of("pid:[4026531836]"));
        mounted("rw,nosuid,nodev,noexec,relatime");
    }

    @Test
    void where_nothing_is_hidden_what_is_not_visible_does_not_exist() {
        assertThat(VisibleProcesses.areAll(proc)).isTrue();
        assertThat(VisibleProcesses.namespace(proc)).contains("1f0c2a3b/4026531836");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "4", "noaccess", "invisible", "ptraceable"})
    void where_processes_of_others_are_hidden_not_visible_is_not_dead(String hidepid) throws IOException {
        mounted("rw,relatime,hidepid=" + hidepid);

        assertThat(VisibleProcesses.areAll(proc)).isFalse();
    }

    @Test
    void where_the_namespace_or_the_mounts_are_unknown_not_visible_is_not_dead() throws IOException {
        Files.delete(proc.resolve("self/mounts"));
        assertThat(VisibleProcesses.areAll(proc)).isFalse();

        mounted("rw");
        Files.delete(proc.resolve("self/ns/pid"));
        assertThat(VisibleProcesses.areAll(proc)).isFalse();
        assertThat(VisibleProcesses.namespace(proc)).isEmpty();
    }

    private void mounted(String options) throws IOException {
        Files.writeString(
                proc.resolve("self/mounts"),
                "overlay / overlay rw,lowerdir=/l 0 0\nproc /proc proc " + options + " 0 0\n");
    }
}
