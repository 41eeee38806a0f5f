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

/** Each table has one package that owns it: nobody else's SQL names it. The report may read all of them. */
class TableOwnersTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "com", "convmerge");

    /** A string literal or a text block; comments may name tables freely. */
    private static final Pattern TEXT = Pattern.compile("\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"", Pattern.DOTALL);

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?m)^\\s*//.*$", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource({
        "merge_request, requests",
        "merge_plan, requests",
        "merge_survivor, requests",
        "merge_workspace, requests",
        "merge_operation, ledger",
        "merge_retry, retries",
        "merge_run_lock, run"
    })
    void a_tables_name_stands_in_the_sql_of_its_owner_alone(String table, String owner) throws IOException {
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
        assertThat(packages).contains(owner).isSubsetOf(List.of(owner, "report"));
    }
}
