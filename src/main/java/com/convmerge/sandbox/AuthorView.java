package com.convmerge.sandbox;

/**
 * The author of a part: a teammate, a contact or Intercom itself.
 *
 * @param type admin, user or bot
 */
record AuthorView(String type, String id, String name, String email) {}
