package com.convmerge.sandbox;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tags of the workspace. Not thread-safe: the workspace's lock guards it. */
final class SandboxTags {
    private final Map<String, TagView> tags = new LinkedHashMap<>();
    private int nextId = 101;

    /** Finds the tag with this id, or rejects the call. */
    TagView tag(String id) {
        TagView tag = tags.get(id);
        if (tag == null) {
            throw notFound();
        }
        return tag;
    }

    static Refused notFound() {
        return Refused.of(404, "tag_not_found", "Tag not found");
    }

    /** Finds the tag of this name, ignoring case. */
    @Nullable
    TagView named(String name) {
        String wanted = name.strip();
        return tags.values().stream()
                .filter(tag -> tag.name().equalsIgnoreCase(wanted))
                .findFirst()
                .orElse(null);
    }

    /** Finds the tag of this name, ignoring case, or creates it. */
    TagView createOrFind(String name) {
        TagView known = named(name);
        return known != null ? known : put(String.valueOf(nextId++), name);
    }

    void remove(TagView tag) {
        tags.remove(tag.id());
    }

    /** Adds a tag, or renames the one with this id. */
    TagView put(String id, String name) {
        TagView tag = new TagView(id, name.strip(), null, null);
        tags.put(id, tag);
        return tag;
    }

    Collection<TagView> all() {
        return tags.values();
    }
}
