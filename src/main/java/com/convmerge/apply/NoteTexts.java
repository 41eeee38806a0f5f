package com.convmerge.apply;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.PossibleSecrets;
import com.convmerge.merge.Strategy;
import com.convmerge.settings.Settings;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/**
 * Renders the notes from the user's Mustache templates. Values from outside are escaped. The reference is added whatever the
 * template contains, because a note without it could not be found again.
 */
public final class NoteTexts {
    private static final Mustache.Compiler MUSTACHE = Mustache.compiler()
            .escapeHTML(true)
            .nullValue("")
            .emptyStringIsFalse(true)
            .strictSections(true)
            .withLoader(name -> {
                throw new MustacheException("it includes another template, {{> " + name + "}}, which there is not");
            });

    private final Template note;
    private final Template nativeNote;
    private final Template parentNote;
    private final Template undoNote;
    private final Template undoParentNote;
    private final Strategy strategy;

    /** Throws {@link ConfigurationProblem} if a template is missing, broken, or uses a name that there is not. */
    NoteTexts(ResourceLoader resources, Settings settings) {
        note = template(resources, "convmerge.note-template", settings.noteTemplate());
        nativeNote = template(resources, "convmerge.native-note-template", settings.nativeNoteTemplate());
        strategy = settings.strategy();
        parentNote = template(resources, "convmerge.parent-note-template", settings.parentNoteTemplate());
        undoNote = template(resources, "the note of an undo", "classpath:templates/undo-note.mustache");
        undoParentNote = template(resources, "the note of an undo", "classpath:templates/undo-parent-note.mustache");
        tryOut(settings);
    }

    /** The note on a duplicate, with a stand-in for the reference that it will get, for people who look before the first write. */
    public String preview(MergeRequest request, Workspace workspace) {
        return onDuplicate(request, workspace, "cmdxxxxxxxxx");
    }

    /** The same for the note on the survivor of these. */
    public String previewOnSurvivor(List<MergeRequest> merged, Workspace workspace) {
        return onSurvivor(merged, workspace, "cmpxxxxxxxxx");
    }

    /** The note on the duplicate, as HTML. */
    String onDuplicate(MergeRequest request, Workspace workspace, String reference) {
        Template template = request.strategyOr(strategy).isNative() ? nativeNote : note;
        return withReference(template.execute(values(request, workspace)), reference);
    }

    /** The note on a duplicate whose merge was taken back, as HTML; {@code request} says why, and who wants it. */
    String onUndone(MergeRequest request, Workspace workspace, String reference) {
        return withReference(undoNote.execute(values(request, workspace)), reference);
    }

    /** The note on the survivor about merges that were taken back, as HTML. */
    String onSurvivorOfUndone(List<MergeRequest> undone, Workspace workspace, String reference) {
        return withReference(undoParentNote.execute(values(undone, workspace)), reference);
    }

    /** The note on the survivor about what was merged into it, as HTML. */
    String onSurvivor(List<MergeRequest> merged, Workspace workspace, String reference) {
        return withReference(parentNote.execute(values(merged, workspace)), reference);
    }

    private Map<String, Object> values(List<MergeRequest> merged, Workspace workspace) {
        return Map.of(
                "count", merged.size(),
                "several", merged.size() > 1,
                "duplicates",
                        merged.stream()
                                .map(request -> values(request, workspace))
                                .toList());
    }

    private Map<String, @Nullable Object> values(MergeRequest request, Workspace workspace) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("duplicate", request.duplicate().value());
        values.put("duplicate_link", workspace.linkTo(request.duplicate()));
        values.put("parent", request.parent().value());
        values.put("parent_link", workspace.linkTo(request.parent()));
        values.put("survivor", request.survivor().value());
        values.put("survivor_link", workspace.linkTo(request.survivor()));
        values.put("by_way_of_parent", request.isByWayOfParent());
        values.put("native", request.strategyOr(strategy).isNative());
        values.put("reason", Objects.requireNonNullElse(request.reason(), "").strip());
        values.put(
                "requested_by",
                Objects.requireNonNullElse(request.requestedBy(), "").strip());
        values.put(
                "external_ref",
                Objects.requireNonNullElse(request.externalRef(), "").strip());
        return values;
    }

    private static String withReference(String html, String reference) {
        // In front, where no server cuts it off.
        return "<p>ref " + reference + "</p>" + html.strip();
    }

    private static Template template(ResourceLoader resources, String setting, String location) {
        Resource resource = resources.getResource(location);
        try {
            return MUSTACHE.compile(resource.getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ConfigurationProblem(setting + ": the template " + PossibleSecrets.hideIn(location)
                    + " cannot be read; expected a file, such as file:/etc/convmerge/note.mustache");
        } catch (MustacheException e) {
            throw new ConfigurationProblem(
                    setting + ": the template " + PossibleSecrets.hideIn(location) + " is broken: " + e.getMessage());
        }
    }

    /** A name that a template misspells must be noticed before the night begins, not at its first request. */
    private void tryOut(Settings settings) {
        Workspace workspace = new Workspace("app", "1", new RunTag("tag", "1"), "{id}");
        ConversationId one = ConversationId.of(1);
        MergeRequest request = new MergeRequest(1, one, ConversationId.of(2), ConversationId.of(3), "a", "b", "c");
        tryOut(
                "convmerge.note-template",
                settings.noteTemplate(),
                () -> onDuplicate(request.by(Strategy.LINK), workspace, ""));
        tryOut(
                "convmerge.native-note-template",
                settings.nativeNoteTemplate(),
                () -> onDuplicate(request.by(Strategy.NATIVE), workspace, ""));
        tryOut(
                "convmerge.parent-note-template",
                settings.parentNoteTemplate(),
                () -> onSurvivor(List.of(request), workspace, ""));
    }

    private static void tryOut(String setting, String location, Runnable note) {
        try {
            note.run();
        } catch (MustacheException e) {
            throw new ConfigurationProblem(setting + ": " + PossibleSecrets.hideIn(location) + ": " + e.getMessage());
        }
    }
}
