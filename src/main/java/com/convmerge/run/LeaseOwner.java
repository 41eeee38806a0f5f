package com.convmerge.run;

import java.io.IOException;
import java.net.InetAddress;
import java.util.UUID;

/**
 * A program that holds the lease.
 *
 * @param token distinguishes two programs with the same pid, as in containers
 */
public record LeaseOwner(long pid, String host, String token) {
    private static final int HOST_SHOWN = 100;

    static LeaseOwner me() {
        return new LeaseOwner(
                ProcessHandle.current().pid(), localHost(), UUID.randomUUID().toString());
    }

    static LeaseOwner parse(String text) {
        String[] parts = text.split("@", 3);
        return parts.length == 3 && parts[0].matches("[0-9]{1,18}")
                ? new LeaseOwner(Long.parseLong(parts[0]), parts[1], parts[2])
                : new LeaseOwner(-1, text, "");
    }

    String text() {
        return pid + "@" + host + "@" + token;
    }

    /**
     * Whether it ran on this host and is certainly dead, so that nobody has to wait until its lease has run out. That a process is
     * not visible proves this only where each process is visible to everybody.
     */
    boolean isKnownGone() {
        return pid > 0 && host.equals(localHost()) && ProcessHandle.of(pid).isEmpty() && VisibleProcesses.areAll();
    }

    /** The words for the operator, such as {@code pid 4711 on batch-1}. */
    String describe() {
        return "pid " + pid + " on " + host.replaceFirst("/.*", "");
    }

    /** The name with the boot and the pid namespace: containers may share a name, but never all three and a pid. */
    private static String localHost() {
        String name;
        try {
            name = InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            name = "unknown";
        }
        return name.substring(0, Math.min(name.length(), HOST_SHOWN)).replace('@', '_')
                + VisibleProcesses.namespace().map(namespace -> "/" + namespace).orElse("");
    }
}
