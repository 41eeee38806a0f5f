package com.convmerge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.convmerge.settings.Settings;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import com.convmerge.testing.RequestTable;
import com.convmerge.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The file that contains the report of a run. */
class ReportFilesTest {
    private static final long RUN = 7;
    private static final Database DATABASE = Databases.h2();

    private final RequestTable requests = new RequestTable(DATABASE);

    @TempDir
    private Path directory;

    @BeforeEach
    void oneMergedAndOneRejected() {
        DATABASE.empty();
        DATABASE.jdbc()
                .sql("ALTER TABLE merge_request ALTER COLUMN id RESTART WITH 1")
                .update();
        long merged = requests.add("1", "2");
        long rejected = requests.add("1", "la\nst");
        requests.set(merged, "status", "MERGED");
        requests.set(rejected, "status", "REJECTED");
        requests.set(rejected, "status_detail", "duplicate_conversation_id is none");
        requests.set(merged, "job_execution_id", RUN);
        requests.set(rejected, "job_execution_id", RUN);
        DATABASE.jdbc()
                .sql(
                        "INSERT INTO merge_run (id, started_at, ended_at, outcome) VALUES (6, DATE '2026-08-20', DATE '2026-08-20', 'COMPLETED')")
                .update();
        assertThat(recorder().begin(TestClock.START, RunRecord.Kind.MERGE)).isEqualTo(RUN);
        recorder().end(RUN, RUN, RunRecord.Outcome.COMPLETED, "", () -> true);
    }

    private static RunRecords records() {
        return new RunRecords(DATABASE.jdbc());
    }

    private static RunRecorder recorder() {
        return new RunRecorder(
                DATABASE.jdbc(), records(), new RunReports(DATABASE.jdbc()), DATABASE.transactions(), new TestClock());
    }

    private ReportFiles into(Path folder) {
        Settings settings = new Binder(
                        new MapConfigurationPropertySource(Map.of("convmerge.report.directory", "" + folder)))
                .bindOrCreate("convmerge", Settings.class);
        return new ReportFiles(records(), new RunReports(DATABASE.jdbc()), new RunReportText(ZoneOffset.UTC), settings);
    }

    @Test
    void the_report_is_written_to_a_folder_that_is_made_for_it() throws IOException {
        Path folder = directory.resolve("data/reports");
        Path file = into(folder).write(RUN);
        assertThat(file).isEqualTo(folder.resolve("run-7.txt"));
        assertThat(Files.readString(file)).isEqualTo(RunReportTextTest.golden("file.txt"));
        assertThat(files(folder)).containsExactly("run-7.txt");
    }

    @Test
    void a_report_replaces_the_older_one_of_its_run() throws IOException {
        Files.writeString(directory.resolve("run-7.txt"), "old\n".repeat(1_000));
        Files.writeString(directory.resolve("run-6.txt"), "the night before");
        into(directory).write(RUN);
        assertThat(directory.resolve("run-7.txt")).hasContent(RunReportTextTest.golden("file.txt"));
        assertThat(directory.resolve("run-6.txt")).hasContent("the night before");
        assertThat(files(directory)).containsExactly("run-6.txt", "run-7.txt");
    }

    @Test
    void nobody_else_may_read_the_report_or_its_folder_whatever_the_umask() throws IOException {
        Path folder = directory.resolve("data/reports");
        Path file = into(folder).write(RUN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        for (Path made : List.of(folder, directory.resolve("data"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void a_folder_that_was_there_keeps_its_permissions_and_a_report_that_others_could_read_does_not()
            throws IOException {
        Path folder = Files.createDirectory(directory.resolve("shared"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path old = Files.writeString(folder.resolve("run-7.txt"), "old");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-r--r--"));
        into(folder).write(RUN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(old)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void a_folder_that_is_a_file_is_told_with_the_setting() throws IOException {
        Path file = Files.createFile(directory.resolve("reports"));
        assertThatThrownBy(() -> into(file).write(RUN))
                .isInstanceOf(ReportNotWritten.class)
                .hasMessageContaining("the report " + file
                        + "/run-7.txt cannot be written (a file is where a folder should be); put that right, or set")
                .hasMessageContaining("convmerge.report.directory");
    }

    @Test
    void a_report_that_cannot_be_put_in_its_place_leaves_no_half_behind() throws IOException {
        Files.createDirectories(directory.resolve("run-7.txt/in-the-way"));
        assertThatThrownBy(() -> into(directory).write(RUN)).isInstanceOf(ReportNotWritten.class);
        assertThat(files(directory)).containsExactly("run-7.txt");
    }

    private static Stream<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }
}
