package com.convmerge.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;

/** Says what the program waits for, by what its threads are doing at the moment. */
final class WaitingThreads {
    private static final String[] OURS = {"com.convmerge.", "org.springframework.", "org.flywaydb."};
    private static final String[] DATABASE = {"org.postgresql.", "org.h2.", "com.zaxxer.hikari."};
    private static final String[] INTERCOM = {"okhttp3."};

    private WaitingThreads() {}

    /** Such as {@code 3 threads wait for the database, 1 thread waits for Intercom}. */
    static String describe(Map<Thread, StackTraceElement[]> threads) {
        long database = count(threads.values(), DATABASE);
        long intercom = count(threads.values(), INTERCOM);
        if (database == 0 && intercom == 0) {
            return "no thread waits for the database or for Intercom";
        }
        return Stream.of(part(database, "the database"), part(intercom, "Intercom"))
                .filter(part -> !part.isEmpty())
                .reduce((one, other) -> one + ", " + other)
                .orElseThrow();
    }

    private static String part(long threads, String what) {
        return threads == 0 ? "" : threads + (threads == 1 ? " thread waits for " : " threads wait for ") + what;
    }

    /** Drivers and pools have threads of their own, which always wait for something. */
    private static long count(Collection<StackTraceElement[]> stacks, String[] packages) {
        return stacks.stream()
                .filter(stack -> isIn(stack, packages) && isIn(stack, OURS))
                .count();
    }

    private static boolean isIn(StackTraceElement[] stack, String[] packages) {
        return Arrays.stream(stack).anyMatch(frame -> Arrays.stream(packages)
                .anyMatch(name -> frame.getClassName().startsWith(name)));
    }
}
