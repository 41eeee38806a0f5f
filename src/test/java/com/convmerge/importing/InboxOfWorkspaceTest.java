package com.convmerge.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.requests.WorkspaceBinding;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import com.convmerge.testing.Parts;
import com.convmerge.testing.TestClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose conversations the links of a file show, before and after a run has said which workspace it is. */
@OnEachDatabase
class InboxOfWorkspaceTest {
    private static final String PAIRS = "parent,duplicate\n";
    private static final String LINK = "https://app.intercom.com/a/inbox/abc123/inbox/conversation/";

    private final Database database;
    private final Parts parts;

    InboxOfWorkspaceTest(Database database) {
        this.database = database;
        this.parts = ImportParts.on(database, new TestClock());
    }

    @BeforeEach
    void startEmpty() {
        database.empty();
    }

    @Test
    void a_link_into_another_region_is_refused_with_the_line() {
        assertThat(errors(PAIRS + "10,20\n10,https://app.eu.intercom.com/a/inbox/abc123/inbox/conversation/21\n"))
                .containsExactly(
                        "line 3: duplicate is a link into another region of Intercom's, eu (app.eu.intercom.com),"
                                + " but INTERCOM_REGION is us; set it to eu if the workspace is there");
        assertThat(parts.get(ImportHistory.class).all()).isEmpty();
    }

    @Test
    void a_link_into_another_workspace_than_the_databases_is_refused_with_the_line_and_both() {
        parts.get(WorkspaceBinding.class).bind("xyz789");

        assertThat(errors(PAIRS + LINK + "10,20\n"))
                .containsExactly(
                        "line 2: parent is a link into workspace abc123, but this database holds the requests of"
                                + " workspace xyz789");
        assertThat(imported(PAIRS + LINK.replace("abc123", "xyz789") + "10,20\n"))
                .isPositive();
    }

    @Test
    void the_links_of_a_file_agree_before_any_run_has_said_the_workspace() {
        assertThat(errors(PAIRS + "10,20\n" + LINK + "10," + LINK.replace("abc123", "xyz789") + "21\n"))
                .containsExactly(
                        "line 3: duplicate is a link into workspace xyz789, but line 3 has a link into workspace"
                                + " abc123");
    }

    @Test
    void they_are_remembered_for_the_next_import_and_for_the_run_that_says_it() {
        long id = imported(PAIRS + LINK + "10,20\n");
        WorkspaceBinding binding = parts.get(WorkspaceBinding.class);

        assertThat(errors(PAIRS + LINK.replace("abc123", "xyz789") + "10,21\n"))
                .containsExactly("line 2: parent is a link into workspace xyz789, but import " + id
                        + " has links into workspace abc123");
        assertThatExceptionOfType(ConfigurationProblem.class)
                .isThrownBy(() -> binding.bind("xyz789"))
                .withMessage(
                        "import " + id + " has links into the workspace abc123, but the token is of workspace xyz789:"
                                + " use that workspace's token, or take the import back with: import --undo " + id);
        assertThatExceptionOfType(ConfigurationProblem.class).isThrownBy(() -> binding.check("xyz789"));
        assertThat(binding.bound()).isEmpty();

        parts.get(ImportHistory.class).takeBack(id, () -> {});
        binding.bind("xyz789");

        assertThat(binding.bound()).contains("xyz789");
    }

    private long imported(String file) {
        return parts.get(FileImport.class)
                .importFrom(
                        new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), "a.csv", ImportOptions.NONE)
                .importId();
    }

    private List<String> errors(String file) {
        return catchThrowableOfType(FaultyImport.class, () -> imported(file)).lines().stream()
                .filter(line -> !line.startsWith("Understood as: "))
                .toList();
    }
}
