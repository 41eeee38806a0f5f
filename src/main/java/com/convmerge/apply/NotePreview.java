package com.convmerge.apply;

import com.convmerge.merge.MergeRequest;

/** Shows notes before any is written. */
public final class NotePreview {
    private final NoteTexts texts;

    NotePreview(NoteTexts texts) {
        this.texts = texts;
    }

    /** The note on a duplicate, with a stand-in for the reference that it will get. */
    public String onDuplicate(MergeRequest request, Workspace workspace) {
        return texts.onDuplicate(request, workspace, "cm-xxxxxxxx");
    }
}
