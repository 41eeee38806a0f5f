package com.convmerge.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Starts the processes of the benchmark, each a JVM of its own, and reads what they cost. */
final class Processes {
    private Processes() {}

    /** Starts a class of the benchmark, whose output this process reads. */
    static Process start(Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(java(), "-cp", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Installs the packaged program in {@code directory}, as the README says, and returns its launcher. */
    static Path install(Path directory) throws IOException, InterruptedException {
        Process install = new ProcessBuilder("jobs/install", directory.toString())
                .inheritIO()
                .start();
        if (install.waitFor() != 0) {
            throw new IllegalStateException("jobs/install has failed");
        }
        return directory.resolve("convmerge");
    }

    /** Starts the installed program, in {@code directory}. */
    static Process startProgram(Path launcher, Path directory, Map<String, String> environment, String... args)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile());
        builder.environment().putAll(environment);
        builder.environment().put("CONVMERGE_JAVA_OPTS", System.getProperty("benchmark.jvm", ""));
        return builder.start();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The processor time that a process has used so far. */
    static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The most memory that a process has held so far, in MB; 0 where there is no /proc, and when it has ended. */
    static long peakMemory(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The next line that a process prints. */
    static String line(BufferedReader output) {
        try {
            return Objects.requireNonNull(output.readLine(), "the process has ended");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
