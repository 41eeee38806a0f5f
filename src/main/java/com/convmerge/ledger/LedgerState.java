package com.convmerge.ledger;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * How far an operation got.
 *
 * <pre>
 * from        to          when
 * ----------  ----------  ---------------------------------------------------------------------
 * (none)      SENT        claimed: committed before the call leaves
 * (none)      NOT_NEEDED  the conversation is so already: closed, or carries the tag
 * SENT        DONE        Intercom answered 2xx
 * SENT        NOT_SENT    nothing happened there: 429, no connection
 * SENT        REFUSED     Intercom refused it for good: 4xx
 * SENT        IN_DOUBT    no answer, or none that says; or found SENT by a later run: the one before was killed
 * IN_DOUBT    DONE        read back, and found
 * IN_DOUBT    SENT        read back, not found: claimed again
 * NOT_SENT    SENT        the next try
 * REFUSED     SENT        an operator released the request
 * NOT_SENT    NOT_NEEDED  meanwhile the conversation is so already
 * REFUSED     NOT_NEEDED  meanwhile the conversation is so already
 * </pre>
 */
public enum LedgerState {
    /** The call may be under way, or was when the program died. */
    SENT,
    /** It happened. */
    DONE,
    /** It may have happened: to be looked up before anything else. */
    IN_DOUBT,
    /** It did not happen and may be tried again. */
    NOT_SENT,
    /** It did not happen and will not. */
    REFUSED,
    /** There was nothing to do; an undo leaves it alone. */
    NOT_NEEDED;

    private static final Map<LedgerState, Set<LedgerState>> NEXT = Map.of(
            SENT, EnumSet.of(DONE, NOT_SENT, REFUSED, IN_DOUBT),
            IN_DOUBT, EnumSet.of(DONE, SENT),
            NOT_SENT, EnumSet.of(SENT, NOT_NEEDED),
            REFUSED, EnumSet.of(SENT, NOT_NEEDED),
            DONE, EnumSet.noneOf(LedgerState.class),
            NOT_NEEDED, EnumSet.noneOf(LedgerState.class));

    /** Whether the table above has an arrow from here to {@code next}. */
    public boolean mayBecome(LedgerState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** Whether nothing is left to do. */
    public boolean isSettled() {
        return this == DONE || this == NOT_NEEDED;
    }

    /** Whether Intercom must be asked before anything is sent. */
    public boolean isOpen() {
        return this == SENT || this == IN_DOUBT;
    }
}
