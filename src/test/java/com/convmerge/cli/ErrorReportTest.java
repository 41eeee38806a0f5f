package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.IntercomRefuses;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.json.JsonParseException;

class ErrorReportTest {
    @Test
    void a_configuration_problem_is_told_as_it_stands_however_deep_it_lies() {
        Throwable e = new BeanCreationException("x", new IllegalStateException(new ConfigurationProblem("no token")));
        assertThat(ErrorReport.about(e)).isEqualTo(new ErrorReport(ExitCode.WRONG_USE, "no token"));
    }

    @Test
    void a_database_that_refuses_is_wrong_configuration_with_the_settings_to_check() {
        ErrorReport complaint =
                ErrorReport.about(new IllegalStateException(new SQLException("password is wrong\nat line 1")));
        assertThat(complaint.exitCode()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(complaint.message())
                .startsWith("the database cannot be used: password is wrong. Check SPRING_DATASOURCE_URL,");
    }

    @Test
    void an_embedded_database_that_is_in_use_means_another_run() {
        ErrorReport complaint = ErrorReport.about(new SQLException("Database may be already in use", "90020", 90020));
        assertThat(complaint.exitCode()).isEqualTo(ExitCode.ANOTHER_RUN);
        assertThat(complaint.message()).contains("in use by another program", "nothing was done", "PostgreSQL");
    }

    @Test
    void who_has_the_embedded_database_is_told_only_if_it_is_alive(@TempDir Path directory) throws IOException {
        SQLException inUse =
                new SQLException("Database may be already in use: \"" + directory + "/x.mv.db\"", "90020", 90020);
        long pid = ProcessHandle.current().pid();
        Path file = Files.writeString(directory.resolve("x.pid"), Long.toString(pid));
        assertThat(ErrorReport.about(inUse).message())
                .contains("in use by pid " + pid + ",", "or stop it with: kill " + pid + ".");

        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertThat(ErrorReport.about(inUse).message())
                .as("the number is another program's by now")
                .contains("in use by another program", "Wait for it. With")
                .doesNotContain("kill");
    }

    @Test
    void an_intercom_that_refuses_is_no_fault_of_ours() {
        assertThat(ErrorReport.about(new IntercomRefuses("Intercom cannot be used now: no answer", false) {}))
                .isEqualTo(
                        new ErrorReport(ExitCode.FAILED, "Intercom cannot be used now: no answer. Nothing was done"));
        assertThat(ErrorReport.about(new IntercomRefuses("401", true) {}).exitCode())
                .isEqualTo(ExitCode.WRONG_USE);
    }

    @Test
    void a_schema_that_does_not_fit_is_told_as_such() {
        assertThat(ErrorReport.about(new FlywayException("Validate failed:\nMigration checksum mismatch")))
                .isEqualTo(new ErrorReport(
                        ExitCode.WRONG_USE, "the database's schema cannot be brought up to date: Validate failed:"));
    }

    @Test
    void a_fault_of_our_own_says_so_in_one_line_and_how_to_report_it() {
        ErrorReport complaint = ErrorReport.about(new IllegalStateException("what\n  should\r\nnot be"));
        assertThat(complaint.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(complaint.message())
                .startsWith(
                        "a fault of convmerge's own: java.lang.IllegalStateException: what should not be; please report")
                .hasLineCount(1);
    }

    @Test
    void names_and_texts_that_cannot_be_read_are_told_without_words_of_java() {
        assertThat(ErrorReport.about(
                        new IllegalStateException(new InvalidPathException("b\u00fcro", "Malformed input"))))
                .isEqualTo(new ErrorReport(
                        ExitCode.WRONG_USE,
                        "the name of a file or folder cannot be read (Malformed input); if it has letters that are not"
                                + " ASCII, set LC_ALL=C.UTF-8; nothing was done"));
        assertThat(ErrorReport.about(new IllegalStateException(new MalformedInputException(1)))
                        .message())
                .isEqualTo("the settings' file cannot be read: it is not UTF-8; save application.yml as UTF-8");
        assertThat(ErrorReport.about(new JsonParseException()).message())
                .isEqualTo("SPRING_APPLICATION_JSON is no JSON; nothing was done");
    }

    @Test
    void a_bean_that_cannot_be_made_is_the_databases_fault_only_if_it_is_the_databases() {
        RuntimeException why = new IllegalArgumentException("'url' must start with \"jdbc\"");
        assertThat(ErrorReport.about(new BeanCreationException("dataSource", "no", why))
                        .exitCode())
                .isEqualTo(ExitCode.WRONG_USE);
        assertThat(ErrorReport.about(new BeanCreationException("mergePool", "no", why))
                        .exitCode())
                .isEqualTo(ExitCode.FAILED);
    }
}
