package com.convmerge.sandbox;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tags of the workspace. Not thread-safe: the workspace's lock guards it. */
final class SandboxTags {

    private static final int FIRST_ID = 101;

    private final Map<String, SandboxTag> tags = new LinkedHashMap<>();

    @Nullable
    SandboxTag tagOrNull(String id) {
        return tags.get(id);
    }

    @Nullable
    SandboxTag named(String name) {
        String wanted = name.strip();
        return tags.values().stream()
                .filter(tag -> tag.name.equalsIgnoreCase(wanted))
                .findFirst()
                .orElse(null);
    }

    /** Finds the tag of this name, whatever its case, or creates it. */
    SandboxTag createOrFind(String name) {
        SandboxTag known = named(name);
        if (known != null) {
            return known;
        }
        SandboxTag added = new SandboxTag(String.valueOf(FIRST_ID + tags.size()), name.strip());
        tags.put(added.id, added);
        return added;
    }

    Collection<SandboxTag> all() {
        return tags.values();
    }
}
