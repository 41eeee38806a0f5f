package com.convmerge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each table belongs to one package, and only the SQL of that package names it. The report may read every table. */
class TableOwnersTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "com", "convmerge");

    /** A string literal or a text block; comments may name tables freely. */
    private static final Pattern TEXT = Pattern.compile("\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"", Pattern.DOTALL);

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?m)^\\s*//.*$", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource({
        // The ledger asks which of the requests that are not merged are begun.
        "merge_request, requests, ledger",
        "merge_plan, requests, report",
        "merge_survivor, requests, report",
        "merge_workspace, requests, report",
        "merge_import, requests, report",
        "merge_operation, ledger, report",
        "merge_retry, retries, report",
        "merge_undo, undo, report",
        "merge_run_lock, run, report",
        "merge_run, report, report",
        "merge_run_problem, report, report"
    })
    void the_name_of_a_table_occurs_only_in_the_sql_of_its_owner(String table, String owner, String reader)
            throws IOException {
        TreeSet<String> packages = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String source = COMMENT.matcher(Files.readString(file)).replaceAll("");
                boolean namesIt = TEXT.matcher(source).results().anyMatch(text -> Pattern.compile("\\b" + table + "\\b")
                        .matcher(text.group())
                        .find());
                if (namesIt) {
                    packages.add(SOURCES.relativize(file).getName(0).toString());
                }
            }
        }
        assertThat(packages).contains(owner).isSubsetOf(List.of(owner, reader, "report"));
    }
}
