package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code jobs/convmerge} and {@code jobs/install}, with a Java that only says how it was called. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    /** Prints itself, each argument on a line of its own, and the locale, and makes the files that the real one would make. */
    private static final String JAVA = """
            #!/bin/sh
            echo "$0"
            for argument in "$@"; do
              echo "<$argument>"
              case $argument in
                -XX:ArchiveClassesAtExit=*) echo archive > "${argument#*=}" ;;
              esac
              case $last in --destination) echo extracted > "$argument/convmerge.jar" ;; esac
              last=$argument
            done
            echo "LC_ALL=${LC_ALL-}"
            exit ${EXIT_CODE-0}
            """;

    @TempDir
    private Path directory;

    private record Said(int exitCode, List<String> out, String err) {}

    @BeforeEach
    void copyTheScripts() throws IOException {
        for (String script : List.of("convmerge", "install")) {
            Path copy = directory.resolve("home/jobs").resolve(script);
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of("jobs", script), copy, StandardCopyOption.REPLACE_EXISTING);
        }
        executable("bin/java", JAVA);
    }

    private Path executable(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private Path jar(String name) throws IOException {
        Path jar = directory.resolve(name);
        Files.createDirectories(jar.getParent());
        return Files.writeString(jar, "jar");
    }

    private Said start(Map<String, String> more, String script, String... arguments) {
        Map<String, String> environment = new TreeMap<>(Map.of("PATH", directory.resolve("bin") + ":/usr/bin:/bin"));
        environment.putAll(more);
        List<String> command = new ArrayList<>(List.of("/bin/sh", script));
        command.addAll(List.of(arguments));
        try {
            Path err = Files.createTempFile(directory, "err", "");
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(process.waitFor(), out.lines().toList(), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void the_arguments_arrive_whole_and_the_exit_code_comes_back() throws IOException {
        Path jar = jar("home/jobs/convmerge.jar");
        Said said = start(
                Map.of("EXIT_CODE", "3"),
                "home/jobs/convmerge",
                "retries",
                "drop",
                "7",
                "--reason",
                "two  words; $x *");
        assertThat(said.out())
                .endsWith(
                        "<-jar>",
                        "<" + jar + ">",
                        "<retries>",
                        "<drop>",
                        "<7>",
                        "<--reason>",
                        "<two  words; $x *>",
                        "LC_ALL=C.UTF-8");
        assertThat(said.exitCode()).isEqualTo(3);
        assertThat(said.err()).isEmpty();
    }

    @Test
    void the_jar_beside_it_comes_before_the_one_that_was_built() throws IOException {
        jar("home/target/convmerge.jar");
        assertThat(start(Map.of(), "home/jobs/convmerge", "status").out())
                .containsSubsequence("<-jar>", "<" + directory.resolve("home/jobs") + "/../target/convmerge.jar>");
        Path beside = jar("home/jobs/convmerge.jar");
        assertThat(start(Map.of(), "home/jobs/convmerge", "status").out())
                .containsSubsequence("<-jar>", "<" + beside + ">");
    }

    @Test
    void a_link_to_it_finds_the_jar_too() throws IOException {
        Path jar = jar("home/jobs/convmerge.jar");
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("home/jobs/convmerge"));
        assertThat(start(Map.of(), "link", "status").out()).contains("<" + jar + ">");
    }

    @Test
    void java_home_says_which_java_and_java_opts_are_for_it() throws IOException {
        jar("home/jobs/convmerge.jar");
        Path other = executable("other jdk/bin/java", JAVA);
        Said said = start(
                Map.of("JAVA_HOME", directory.resolve("other jdk").toString(), "CONVMERGE_JAVA_OPTS", "-Xmx512m -Dx=y"),
                "home/jobs/convmerge",
                "status");
        assertThat(said.out()).startsWith(other.toString()).containsSubsequence("<-Xmx512m>", "<-Dx=y>", "<-jar>");
    }

    /** As cron and systemd start programs; Java could then open no file whose name has an umlaut. */
    @Test
    void in_the_locale_c_it_takes_utf_8_and_leaves_any_other_alone() throws IOException {
        jar("home/jobs/convmerge.jar");
        for (Map<String, String> bare : List.of(
                Map.<String, String>of(), Map.of("LC_ALL", "POSIX"), Map.of("LANG", "C"), Map.of("LC_CTYPE", "C"))) {
            assertThat(start(bare, "home/jobs/convmerge", "status").out())
                    .as("%s", bare)
                    .endsWith("LC_ALL=C.UTF-8");
        }
        assertThat(start(Map.of("LANG", "de_DE.UTF-8"), "home/jobs/convmerge", "status")
                        .out())
                .endsWith("LC_ALL=");
        assertThat(start(Map.of("LC_ALL", "en_GB.UTF-8"), "home/jobs/convmerge", "status")
                        .out())
                .endsWith("LC_ALL=en_GB.UTF-8");
    }

    @Test
    void the_archive_of_the_classes_is_used_only_if_there_is_one() throws IOException {
        jar("home/jobs/convmerge.jar");
        assertThat(start(Map.of(), "home/jobs/convmerge", "status").out())
                .noneMatch(line -> line.contains("SharedArchiveFile"));
        Path archive = jar("home/jobs/convmerge.jsa");
        assertThat(start(Map.of(), "home/jobs/convmerge", "status").out())
                .contains("<-XX:SharedArchiveFile=" + archive + ">");
    }

    @Test
    void without_a_jar_or_a_java_it_says_what_to_do_and_ends_with_2() throws IOException {
        Said noJar = start(Map.of(), "home/jobs/convmerge", "status");
        assertThat(noJar.exitCode()).isEqualTo(2);
        assertThat(noJar.out()).isEmpty();
        assertThat(noJar.err())
                .startsWith("convmerge: there is no convmerge.jar in ")
                .contains("mvn package");

        jar("home/jobs/convmerge.jar");
        Said noJava = start(Map.of("JAVA_HOME", "/nowhere"), "home/jobs/convmerge", "status");
        assertThat(noJava.exitCode()).isEqualTo(2);
        assertThat(noJava.err())
                .startsWith("convmerge: /nowhere/bin/java cannot be started")
                .hasLineCount(1);
    }

    @Test
    void install_puts_the_program_its_launcher_and_an_archive_into_the_folder() throws IOException {
        jar("home/target/convmerge.jar");
        Path target = directory.resolve("opt/convmerge");
        Said said = start(Map.of("SPRING_DATASOURCE_URL", "jdbc:x"), "home/jobs/install", target.toString());
        assertThat(said.err()).isEmpty();
        assertThat(said.exitCode()).isZero();
        assertThat(said.out()).containsExactly("convmerge is in " + target + ": start it as " + target + "/convmerge");
        assertThat(target.toFile().list()).containsExactlyInAnyOrder("convmerge", "convmerge.jar", "convmerge.jsa");
        assertThat(start(Map.of(), target + "/convmerge", "status").out())
                .contains("<-XX:SharedArchiveFile=" + target + "/convmerge.jsa>", "<" + target + "/convmerge.jar>");
    }

    @Test
    void install_refuses_what_it_cannot_do() throws IOException {
        assertThat(start(Map.of(), "home/jobs/install").err()).startsWith("usage: jobs/install DIRECTORY");
        assertThat(start(Map.of(), "home/jobs/install", "x"))
                .isEqualTo(new Said(
                        2,
                        List.of(),
                        "install: there is no target/convmerge.jar; build it with: mvn package"
                                + System.lineSeparator()));
        jar("home/target/convmerge.jar");
        assertThat(start(Map.of(), "home/jobs/install", directory + "/a b").exitCode())
                .isEqualTo(2);
        assertThat(directory.resolve("a b")).doesNotExist();
    }
}
