package com.convmerge.cli;

import java.io.File;

/**
 * Commands as the operator can type them: in the way in which this program was started, and on the same tables.
 *
 * @param isSandbox whether this command works on the sandbox's tables
 */
record Hints(boolean isSandbox) {
    /** What the launcher, or Maven, was called by. */
    private static final String STARTED_AS = "launcher.command";

    /** A command of convmerge, such as {@code status}. */
    String command(String words) {
        return command(System.getProperty(STARTED_AS, ""), System.getProperty("java.class.path", ""), words(words));
    }

    /** The same without what convmerge itself is started by, for a place where that would stand in each line. */
    String words(String words) {
        return isSandbox ? words + " --sandbox" : words;
    }

    /**
     * @param startedAs as {@link #STARTED_AS}; one that ends with an equals sign takes all words as one argument
     * @param classPath the jar, if the program was started with {@code java -jar}
     */
    static String command(String startedAs, String classPath, String words) {
        if (startedAs.endsWith("=")) {
            return startedAs + '"' + words + '"';
        }
        if (!startedAs.isEmpty()) {
            return startedAs + " " + words;
        }
        boolean isJar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
        return (isJar ? "java -jar " + classPath : "convmerge") + " " + words;
    }
}
