package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import com.convmerge.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of each command's JSON, which people's programs read: none may go or change its name. They are files under
 * {@code golden/json}, in which {@code []} stands for the elements of a list. The README describes the same fields.
 */
class JsonFieldsTest {
    @TempDir
    private Path directory;

    @Test
    void the_fields_of_each_command_are_those_that_are_described() {
        try (Sandbox intercom = Sandbox.builder().start()) {
            intercom.workspace().addConversation("100");
            intercom.workspace().addConversation("101");
            CliRunner shell =
                    CliRunner.in(directory).withSandbox(intercom, Sandbox.TOKEN).makeTables();
            shell.ask("100", "101", "102");
            shell.ask("103", "104");
            assertFields(shell, "dry-run", "run", "--dry-run", "--json");
            shell.type("run");

            assertFields(shell, "report", "report", "--json");
            assertFields(shell, "status", "status", "--json");
            assertFields(shell, "undo-dry-run", "undo", "1", "--dry-run", "--json");
            assertFields(shell, "status-request", "status", "--request", "1", "--json");
            assertFields(shell, "status-conversation", "status", "--conversation", "101", "--json");
            assertFields(shell, "retries-list", "retries", "list", "--json");
            assertFields(shell, "retries-change", "retries", "drop", "--all", "--reason", "x", "--json");
            assertFields(shell, "retries-change", "retries", "release", "2", "--json");
            assertFields(shell, "retries-list", "retries", "list", "--json");
        }
    }

    @Test
    void so_are_those_of_imports() throws IOException {
        CliRunner shell = CliRunner.in(directory).makeTables();
        Path file = Files.writeString(directory.resolve("requests.csv"), "parent,duplicate,notes\n10,20,x\n");

        assertFields(shell, "import", "import", file.toString(), "--json");
        assertFields(shell, "import-list", "import", "--list", "--json");
        assertFields(shell, "import-undo", "import", "--undo", "1", "--json");
    }

    private static void assertFields(CliRunner shell, String golden, String... command) {
        Said said = shell.type(command);
        assertThat(said.exitCode()).as(said.err()).isZero();
        Set<String> fields = new LinkedHashSet<>();
        collect("", new JsonMapper().readTree(said.out()), fields);
        assertThat(String.join("\n", fields) + "\n").as(golden).isEqualTo(golden(golden + ".txt"));
    }

    private static void collect(String path, JsonNode node, Set<String> fields) {
        if (node.isArray()) {
            if (node.isEmpty()) {
                fields.add(path + "[]");
            }
            node.forEach(element -> collect(path + "[]", element, fields));
        } else if (node.isObject()) {
            node.properties().forEach(field -> {
                String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
                if (!field.getValue().isContainer()) {
                    fields.add(name);
                }
                collect(name, field.getValue(), fields);
            });
        } else if (path.endsWith("[]")) {
            fields.add(path);
        }
    }

    private static String golden(String name) {
        try (InputStream file = JsonFieldsTest.class.getResourceAsStream("/golden/json/" + name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
