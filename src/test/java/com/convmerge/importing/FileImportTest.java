package com.convmerge.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import com.convmerge.testing.RequestTable;
import com.convmerge.testing.TestClock;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an import writes, and which rows it recognizes as already present. */
@OnEachDatabase
class FileImportTest {
    private static final String ALL = "parent,duplicate,reason,requested_by,external_ref\n";
    private static final String PAIRS = "parent,duplicate\n";

    private final Database database;
    private final RequestTable requests;
    private final FileImport files;

    FileImportTest(Database database) {
        this.database = database;
        this.requests = new RequestTable(database);
        this.files = ImportParts.on(database, new TestClock()).get(FileImport.class);
    }

    @BeforeEach
    void startEmpty() {
        database.empty();
    }

    @Test
    void rows_become_pending_requests_and_what_is_empty_is_null() {
        ImportResult result =
                imported("external_ref,duplicate,parent,reason,notes\nJ-1,20,10,\"Zoë, 😀\",x\n,21,10,,\n");

        assertThat(result.added()).isEqualTo(2);
        assertThat(result.alreadyThere()).isZero();
        assertThat(result.ignoredColumns()).containsExactly("notes");

        assertThat(table())
                .satisfiesExactly(
                        row -> assertThat(row)
                                .containsEntry("parent_conversation_id", "10")
                                .containsEntry("duplicate_conversation_id", "20")
                                .containsEntry("reason", "Zoë, 😀")
                                .containsEntry("external_ref", "J-1")
                                .containsEntry("status", "PENDING"),
                        row -> assertThat(row)
                                .containsEntry("duplicate_conversation_id", "21")
                                .containsEntry("reason", null)
                                .containsEntry("requested_by", null)
                                .containsEntry("external_ref", null));
    }

    @Test
    void the_same_file_twice_adds_nothing() {
        String file = ALL
                + rows(2_500, i -> "10," + (100 + i) + ",,,J-" + i + "\n")
                + rows(2_500, i -> "10," + (9_000 + i) + ",,,\n");

        assertImports(file, 5_000, 0);
        assertImports(file, 0, 5_000);
        assertThat(count()).isEqualTo(5_000);
    }

    @Test
    void a_row_without_a_reference_is_known_by_its_pair_whoever_asked_for_it_and_how_it_ended() {
        requests.set(requests.add("10", "20"), "status", "FAILED");
        requests.set(requests.add("10", "21"), "external_ref", "J-1");

        assertImports(PAIRS + "10,20\n10,21\n20,10\n11,20\n", 2, 2);
        assertThat(count()).isEqualTo(4);
    }

    @Test
    void a_row_with_a_new_reference_is_a_request_of_its_own_also_for_a_pair_that_is_there() {
        requests.add("10", "20");

        assertImports(ALL + "10,20,,,J-1\n10,20,,,J-2\n", 2, 0);
    }

    @Test
    void a_row_that_the_file_repeats_is_added_once_however_far_apart() {
        String others = rows(1_500, i -> "10," + (100 + i) + ",,,\n");

        assertImports(
                ALL + "10,20,,,J-1\n10,20,,,J-1\n10,20,,,\n10,21,,,\n10,21,,,\n" + others
                        + "10,20,,,J-1\n10,20,,,\n10,21,,,\n",
                1_502,
                6);
    }

    @Test
    void a_reference_that_another_pair_has_is_an_error_that_names_the_holder() {
        long request = requests.add("10", "20");
        requests.set(request, "external_ref", "J-1");
        String others = rows(1_500, i -> "10," + (100 + i) + ",,,\n");

        assertThat(errors(ALL + "10,21,,,J-1\n10,30,,,J-2\n31,10,,,J-2\n"))
                .containsExactly(
                        "line 2: external_ref J-1 stands for another pair: request " + request
                                + " has it for 20 into 10",
                        "line 4: external_ref J-2 stands for another pair: line 3 has it for 30 into 10");
        assertThat(errors(ALL + "10,30,,,J-2\n" + others + "10,31,,,J-2\n"))
                .containsExactly(
                        "line 1503: external_ref J-2 stands for another pair: a line before has it for 30 into 10");
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void with_one_faulty_row_at_the_end_nothing_is_written() {
        String good = rows(2_500, i -> "10," + (100 + i) + "\n");

        assertThat(errors(PAIRS + good + "10,last\n"))
                .containsExactly("line 2502: duplicate is \"last\"; expected 1 to 18 digits without a leading zero");
        assertThat(count()).isZero();
    }

    @Test
    void errors_are_listed_in_the_order_of_the_file_also_those_found_in_the_table() {
        requests.set(requests.add("10", "20"), "external_ref", "J-1");

        assertThat(errors(ALL + "10,21,,,J-1\n10,x,,,\n"))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("line 2: external_ref J-1"),
                        line -> assertThat(line).startsWith("line 3: duplicate is"));
    }

    @Test
    void the_column_of_a_faulty_header_is_the_only_error() {
        assertThat(errors("parent,dup\n10,x\n"))
                .containsExactly("line 1: the column \"dup\" may be duplicate; if it is, rename it or add"
                        + " --column duplicate='dup'; if it is not, add --column ignore='dup'");
    }

    /**
     * The additional unique index makes the INSERT fail for rows that the preceding look-up does not find. The same happens when
     * another program commits such rows between the look-up and the INSERT.
     */
    @Test
    void what_somebody_else_adds_meanwhile_ends_the_import_with_a_message_and_nothing_is_written() {
        database.jdbc()
                .sql("CREATE UNIQUE INDEX meanwhile ON merge_request (requested_by)")
                .update();
        try {
            assertThatExceptionOfType(ConfigurationProblem.class)
                    .isThrownBy(() -> imported(
                            ALL + rows(1_500, i -> "10," + (100 + i) + ",,,\n") + "10,20,,mia,\n10,21,,mia,\n"))
                    .withMessage("somebody else added requests of a.csv while it was being imported; nothing was added."
                            + " Import it again");
            assertThat(count()).isZero();
        } finally {
            database.jdbc().sql("DROP INDEX meanwhile").update();
        }
    }

    private ImportResult imported(String file) {
        return files.importFrom(utf8(file), "a.csv", ImportOptions.NONE);
    }

    private void assertImports(String file, long added, long alreadyThere) {
        ImportResult result = imported(file);
        assertThat(result.added()).isEqualTo(added);
        assertThat(result.alreadyThere()).isEqualTo(alreadyThere);
    }

    private List<String> errors(String file) {
        return catchThrowableOfType(FaultyImport.class, () -> imported(file)).lines().stream()
                .filter(line -> !line.startsWith("Understood as: "))
                .toList();
    }

    private static InputStream utf8(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String rows(int count, IntFunction<String> row) {
        return IntStream.range(0, count).mapToObj(row).collect(Collectors.joining());
    }

    private List<Map<String, @Nullable Object>> table() {
        return database.jdbc()
                .sql("SELECT * FROM merge_request ORDER BY id")
                .query()
                .listOfRows();
    }

    private long count() {
        return table().size();
    }
}
