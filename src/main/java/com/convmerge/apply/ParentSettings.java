package com.convmerge.apply;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is done about survivors that are not as expected.
 *
 * @param closedParent when the survivor is closed itself
 */
@ConfigurationProperties(prefix = "convmerge")
public record ParentSettings(@DefaultValue("proceed") ClosedParent closedParent) {
    /** What a closed survivor means. */
    public enum ClosedParent {
        /** Nothing: duplicates are merged into it, and it stays closed. */
        PROCEED,
        /** It is opened before anything is merged into it. */
        REOPEN,
        /** Its requests are REJECTED. */
        REJECT
    }
}
