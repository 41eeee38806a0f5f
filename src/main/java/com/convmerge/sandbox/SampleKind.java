package com.convmerge.sandbox;

/** What is special about a pair of the sample, and its expected outcome. */
enum SampleKind {
    /** Two valid open conversations: merged, unless a fault of {@link SandboxSample#faults()} prevents it. */
    ORDINARY,
    /** The duplicate is already closed: merged. */
    DUPLICATE_CLOSED,
    /** The duplicate is snoozed: merged. */
    DUPLICATE_SNOOZED,
    /** The duplicate already has the tag: merged. */
    DUPLICATE_TAGGED,
    /** A into B and B into C: both are merged, A into C. */
    CHAIN,
    /** The reason contains HTML with a script: merged, with the markup shown as plain text. */
    HTML_IN_REASON,
    /** The duplicate was deleted: fails permanently with 404. */
    DUPLICATE_MISSING,
    /** The parent was deleted: fails with 404, and the duplicates are not changed. */
    PARENT_MISSING,
    /** Intercom answers 422 to every write to the duplicate: fails permanently. */
    ALWAYS_422,
    /** A conversation into itself: rejected. */
    SELF_MERGE,
    /** A into B and B into A: both are rejected. */
    CYCLE,
    /** One duplicate into two parents: both are rejected. */
    TWO_PARENTS,
    /** The id of the duplicate is the alias {@code last}, whose conversation changes over time: rejected. */
    ID_LAST,
    /** The id of the duplicate is empty: rejected. */
    ID_EMPTY
}
