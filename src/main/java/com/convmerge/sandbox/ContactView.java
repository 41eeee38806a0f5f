package com.convmerge.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * A customer of the sandbox workspace.
 *
 * @param externalId the id that the workspace's own systems use, or null
 */
record ContactView(String id, @Nullable String externalId, String name, String email) {
    AuthorView asAuthor() {
        return new AuthorView("user", id, name, email);
    }
}
