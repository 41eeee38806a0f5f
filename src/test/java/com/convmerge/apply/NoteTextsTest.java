package com.convmerge.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKind;
import com.convmerge.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.DefaultResourceLoader;

class NoteTextsTest {
    private static final String NOTE = "classpath:/templates/note.mustache";
    private static final String PARENT_NOTE = "classpath:/templates/parent-note.mustache";
    private static final String HTML = "<b>\"a\" & b</b><script>alert('x')</script>";
    private static final Workspace WORKSPACE =
            new Workspace("app1", "7", new RunTag("merged-duplicate", "8"), "https://inbox/{app_id_code}/{id}");

    @TempDir
    private Path folder;

    @Test
    void the_note_on_a_duplicate_contains_the_link_the_reason_and_who_asked() {
        assertThat(texts(NOTE, PARENT_NOTE)
                        .onDuplicate(request(11, 11, "asked twice", "mara", "ext-1"), WORKSPACE, "cm-abc"))
                .isEqualToIgnoringWhitespace("""
                        <p>ref cm-abc</p>
                        <p>Merged into <a href="https://inbox/app1/11">conversation 11</a>. Please go on there.</p>
                        <p>Reason: asked twice</p>
                        <p>Requested by mara</p>
                        <p>Request ext-1</p>""");
    }

    @Test
    void a_value_that_is_missing_leaves_no_empty_line_in_the_note() {
        assertThat(texts(NOTE, PARENT_NOTE).onDuplicate(request(11, 11, null, " ", ""), WORKSPACE, "cm-abc"))
                .doesNotContain("Reason", "Requested", "Request ")
                .contains("cm-abc");
    }

    @Test
    void the_note_of_a_chain_also_links_to_the_parent_that_was_asked_for() {
        assertThat(texts(NOTE, PARENT_NOTE).onDuplicate(request(11, 13, null, null, null), WORKSPACE, "r"))
                .contains("<a href=\"https://inbox/app1/13\">conversation 13</a>")
                .contains("by way of <a href=\"https://inbox/app1/11\">11</a>");
        assertThat(texts(NOTE, PARENT_NOTE).onDuplicate(request(11, 11, null, null, null), WORKSPACE, "r"))
                .doesNotContain("by way of");
    }

    @Test
    void html_in_a_request_is_shown_as_text() {
        NoteTexts texts = texts(NOTE, PARENT_NOTE);
        MergeRequest request = request(11, 11, HTML, HTML, HTML);

        assertThat(texts.onDuplicate(request, WORKSPACE, "r"))
                .doesNotContain("<b>", "<script>")
                .containsSubsequence("Reason: &lt;b&gt;", "&amp; b", "Requested by &lt;b&gt;", "Request &lt;b&gt;");
        assertThat(texts.onSurvivor(List.of(request), WORKSPACE, "r"))
                .doesNotContain("<b>", "<script>")
                .containsSubsequence(": &lt;b&gt;", "(requested by &lt;b&gt;");
    }

    @Test
    void the_note_on_a_survivor_lists_and_counts_its_duplicates() {
        NoteTexts texts = texts(NOTE, PARENT_NOTE);
        MergeRequest one = request(11, 11, "why", "mara", null);

        assertThat(texts.onSurvivor(List.of(one), WORKSPACE, "cm-abc"))
                .contains("1 duplicate was merged", "https://inbox/app1/12", ": why (requested by mara)")
                .startsWith("<p>ref cm-abc</p>");
        assertThat(texts.onSurvivor(List.of(one, one), WORKSPACE, "cm-abc")).contains("2 duplicates were merged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no word of it", "{{! a comment only }}", "{{{reason}}}"})
    void the_reference_is_in_every_note_whatever_the_template_says(String template) {
        NoteTexts texts = texts(file(template), file(template.replace("{{{reason}}}", "{{count}}")));

        assertThat(texts.onDuplicate(request(11, 11, "x", "y", "z"), WORKSPACE, "cm-abc"))
                .startsWith("<p>ref cm-abc</p>");
        assertThat(texts.onSurvivor(List.of(request(11, 11, "x", "y", "z")), WORKSPACE, "cm-abc"))
                .startsWith("<p>ref cm-abc</p>");
    }

    @Test
    void a_missing_template_is_a_configuration_problem_that_names_the_setting_and_the_file() {
        String missing = "file:" + folder.resolve("gone.mustache");

        assertThatThrownBy(() -> texts(missing, PARENT_NOTE))
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessageStartingWith("convmerge.note-template")
                .hasMessageContaining(missing);
        assertThatThrownBy(() -> texts(NOTE, missing))
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessageStartingWith("convmerge.parent-note-template");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{#reason}} never closed", "{{/reason}}", "{{> part}}"})
    void a_broken_template_is_a_configuration_problem(String template) {
        assertThatThrownBy(() -> texts(file(template), PARENT_NOTE))
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessageStartingWith("convmerge.note-template");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{reson}}", "{{#reson}}x{{/reson}}", "{{^reson}}x{{/reson}}"})
    void a_misspelt_name_is_a_configuration_problem_before_the_first_note(String template) {
        assertThatThrownBy(() -> texts(file(template), PARENT_NOTE))
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessageStartingWith("convmerge.note-template")
                .hasMessageContaining("reson");
        assertThatThrownBy(() -> texts(NOTE, file(template)))
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessageStartingWith("convmerge.parent-note-template");
    }

    @Test
    void references_are_short_different_and_without_vowels() {
        List<String> references = Stream.generate(() -> NoteReferences.RANDOM.next(OperationKind.NOTE))
                .limit(1_000)
                .toList();

        assertThat(references)
                .doesNotHaveDuplicates()
                .allMatch(reference -> reference.matches("cmd[bcdfghjkmnpqrstvwxz]{9}"));
    }

    private static NoteTexts texts(String note, String parentNote) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource(
                Map.of("convmerge.note-template", note, "convmerge.parent-note-template", parentNote));
        Settings settings = new Binder(source).bindOrCreate("convmerge", Settings.class);
        return new NoteTexts(new DefaultResourceLoader(), settings);
    }

    private String file(String template) {
        try {
            return "file:" + Files.writeString(Files.createTempFile(folder, "note", ".mustache"), template);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MergeRequest request(
            long parent,
            long survivor,
            @Nullable String reason,
            @Nullable String requestedBy,
            @Nullable String externalRef) {
        return new MergeRequest(
                1,
                ConversationId.of(parent),
                ConversationId.of(12),
                ConversationId.of(survivor),
                reason,
                requestedBy,
                externalRef);
    }
}
