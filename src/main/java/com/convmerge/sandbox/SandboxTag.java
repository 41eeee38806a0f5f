package com.convmerge.sandbox;

/** A tag of the workspace; its name may change, and every conversation that has the tag shows the new one. */
final class SandboxTag {

    final String id;
    String name;

    SandboxTag(String id, String name) {
        this.id = id;
        this.name = name;
    }

    TagView view() {
        return new TagView(id, name, null, null);
    }
}
