package com.convmerge.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which processes this one can see: those of its pid namespace, unless the system hides those of other users. */
final class VisibleProcesses {
    private static final Path PROC = Path.of("/proc");

    private VisibleProcesses() {}

    /** The boot of this machine and the pid namespace, such as {@code 1f0c2a3b/4026531836}; empty where there is no such thing. */
    static Optional<String> namespace() {
        return namespace(PROC);
    }

    static Optional<String> namespace(Path proc) {
        try {
            String boot = Files.readString(proc.resolve("sys/kernel/random/boot_id"))
                    .strip()
                    .substring(0, 8);
            String namespace = Files.readSymbolicLink(proc.resolve("self/ns/pid"))
                    .toString()
                    .replaceAll("[^0-9]", "");
            return namespace.isEmpty() ? Optional.empty() : Optional.of(boot + "/" + namespace);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Whether a process of this namespace that is not visible does not exist. */
    static boolean areAll() {
        return areAll(PROC);
    }

    /** Linux hides the processes of other users where {@code /proc} is mounted with {@code hidepid} (proc(5)). */
    static boolean areAll(Path proc) {
        if (namespace(proc).isEmpty()) {
            return false;
        }
        try {
            List<String> mounts = Files.readAllLines(proc.resolve("self/mounts"));
            List<String> ofProc = mounts.stream()
                    .filter(mount -> mount.contains(" /proc proc "))
                    .toList();
            return !ofProc.isEmpty()
                    && ofProc.stream().allMatch(mount -> !mount.contains("hidepid=") || mount.contains("hidepid=0"));
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
