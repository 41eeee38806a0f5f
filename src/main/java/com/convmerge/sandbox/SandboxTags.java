package com.convmerge.sandbox;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tags of the workspace. Not thread-safe: the workspace's lock guards it. */
final class SandboxTags {
    /** A tag whose name may change; every conversation that has the tag then shows the new name. */
    static final class Tag {
        final String id;
        String name;

        private Tag(String id, String name) {
            this.id = id;
            this.name = name;
        }

        TagView view() {
            return new TagView(id, name, null, null);
        }
    }

    private static final int FIRST_ID = 101;

    private final Map<String, Tag> tags = new LinkedHashMap<>();

    /** Finds the tag with this id, or rejects the call. */
    Tag tag(String id) {
        Tag tag = tags.get(id);
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
    Tag named(String name) {
        String wanted = name.strip();
        return tags.values().stream()
                .filter(tag -> tag.name.equalsIgnoreCase(wanted))
                .findFirst()
                .orElse(null);
    }

    /** Finds the tag of this name, ignoring case, or creates it. */
    Tag createOrFind(String name) {
        Tag known = named(name);
        return known != null
                ? known
                : tags.computeIfAbsent(String.valueOf(FIRST_ID + tags.size()), id -> new Tag(id, name.strip()));
    }

    Collection<Tag> all() {
        return tags.values();
    }
}
