package com.convmerge.requests;

import org.jspecify.annotations.Nullable;

/** A row to be put into the input table, as somebody wrote it. */
public record NewRequest(
        String parent,
        String duplicate,
        @Nullable String reason,
        @Nullable String requestedBy,
        String externalRef) {}
