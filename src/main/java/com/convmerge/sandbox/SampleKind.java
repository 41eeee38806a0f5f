package com.convmerge.sandbox;

/** What is special about a pair of the sample, and what should come of it. */
public enum SampleKind {
    /** Two good open conversations: merged, unless {@link SandboxSample#faults()} interferes. */
    ORDINARY,
    /** The duplicate was closed before: merged. */
    DUPLICATE_CLOSED,
    /** The duplicate is snoozed: merged. */
    DUPLICATE_SNOOZED,
    /** The duplicate has the tag already: merged. */
    DUPLICATE_TAGGED,
    /** A into B and B into C: both merged, A into C. */
    CHAIN,
    /** The reason is full of HTML, a script too: merged, with the markup as plain text. */
    HTML_IN_REASON,
    /** The duplicate was deleted: 404, permanent. */
    DUPLICATE_MISSING,
    /** The parent was deleted: 404, and the duplicates stay untouched. */
    PARENT_MISSING,
    /** Intercom answers 422 to every write to the duplicate: permanent. */
    ALWAYS_422,
    /** A conversation into itself: rejected. */
    SELF_MERGE,
    /** A into B and B into A: both rejected. */
    CYCLE,
    /** One duplicate into two parents: both rejected. */
    TWO_PARENTS,
    /** The id of the duplicate is {@code last}, which means another conversation each time: rejected. */
    ID_LAST,
    /** The id of the duplicate is empty: rejected. */
    ID_EMPTY
}
