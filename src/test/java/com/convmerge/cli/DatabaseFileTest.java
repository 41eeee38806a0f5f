package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.convmerge.cli.CliRunner.Said;
import com.convmerge.merge.ConfigurationProblem;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database file that cannot be used: one line with the cause, and exit code 2. */
class DatabaseFileTest {
    @TempDir
    private Path directory;

    private void assertRefused(String url, String cause) throws IOException {
        Said said = CliRunner.in(directory)
                .with("--spring.datasource.url=jdbc:h2:file:" + directory + "/" + url)
                .type("status");
        assertThat(said)
                .isEqualTo(new Said(
                        2,
                        "",
                        "convmerge: the database cannot be used: " + cause
                                + ". Check SPRING_DATASOURCE_URL, or start it in another folder; nothing was done"
                                + System.lineSeparator()));
        assertThat(Files.list(directory).map(Path::toString).filter(name -> name.matches(".*(trace\\.db|trial)")))
                .isEmpty();
    }

    @Test
    void a_folder_in_its_place_is_told() throws IOException {
        Files.createDirectory(directory.resolve("d.mv.db"));
        assertRefused("d", directory + "/d.mv.db is a folder; expected a file, or nothing of that name");
    }

    @Test
    void a_file_in_the_place_of_its_folder_is_told() throws IOException {
        Files.createFile(directory.resolve("data"));
        assertRefused(
                "data/d", "its folder " + directory + "/data cannot be made (a file is where a folder should be)");
    }

    @Test
    void a_file_of_something_else_is_told() throws IOException {
        Files.writeString(directory.resolve("d.mv.db"), "parent,duplicate\n1,2\n");
        assertRefused("d", directory + "/d.mv.db is no database of H2");
        assertThat(Files.readString(directory.resolve("d.mv.db"))).startsWith("parent,");
    }

    /** Another folder would have an empty database, on which nothing seems to be pending. */
    @Test
    void on_a_full_disk_room_is_asked_for_and_no_other_folder() {
        assertThat(DatabaseFile.notWritable(
                        Path.of("data"), new FileSystemException("data/x", null, "No space left on device")))
                .hasMessage("the database cannot be used: its folder data cannot be written (No space left on device)."
                        + " Make room there; nothing was done");
    }

    @Test
    void an_encrypted_database_is_opened_again() {
        CliRunner shell = CliRunner.in(directory)
                .with(
                        "--spring.datasource.url=jdbc:h2:file:" + directory.resolve("secret") + ";CIPHER=AES",
                        "--spring.datasource.username=sa",
                        "--spring.datasource.password=file user");
        assertThat(shell.type("status").exitCode()).isZero();
        assertThat(shell.type("status").exitCode()).as("the second time").isZero();
    }

    /** Root may write everything but what the kernel makes up. */
    @Test
    void a_folder_that_this_user_may_not_write_is_told() throws IOException {
        Path kernel = Path.of("/proc/self");
        Path folder = Files.isDirectory(kernel)
                ? kernel
                : Files.createDirectory(
                        directory.resolve("data"),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));

        assertThatThrownBy(() -> DatabaseFile.check(folder.resolve("d")))
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessageStartingWith("the database cannot be used: its folder " + folder + " cannot be written (");
    }

    @Test
    void a_file_that_this_user_may_not_use_is_told() throws IOException {
        Path file = Files.createFile(directory.resolve("d.mv.db"));

        assertThatThrownBy(() -> DatabaseFile.check(directory.resolve("d"), one -> false))
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessageContaining(
                        "the user " + System.getProperty("user.name") + " may not read and write its file " + file);
    }

    @Test
    void an_empty_file_becomes_a_database() throws IOException {
        Files.createFile(directory.resolve("convmerge.mv.db"));
        assertThat(CliRunner.in(directory).type("status").exitCode()).isZero();
    }

    @Test
    void h2_writes_no_file_about_errors_whatever_the_url_is() throws IOException {
        CliRunner.in(directory).makeTables();
        Said said = CliRunner.in(directory)
                .with(
                        "--spring.datasource.url=jdbc:h2:file:" + directory.resolve("convmerge"),
                        "--spring.datasource.username=joe")
                .type("status");
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).contains("Wrong user name or password").hasLineCount(1);
        assertThat(directory.resolve("convmerge.trace.db")).doesNotExist();
    }
}
