package com.convmerge.sandbox;

/**
 * A customer of the sandbox workspace.
 *
 * @param externalId the id that the workspace's own systems use
 */
record ContactView(String id, String externalId, String name, String email) {
    AuthorView asAuthor() {
        return new AuthorView("user", id, name, email);
    }
}
