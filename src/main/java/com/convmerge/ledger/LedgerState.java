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
 * (none)      NOT_NEEDED  the conversation already is as wanted: closed, or tagged
 * (none)      DONE        a run with --verify reads the conversation and finds it there
 * SENT        DONE        Intercom answered 2xx
 * SENT        SENT        the call did not leave: the same run claims it again when its turn comes again
 * SENT        NOT_SENT    nothing happened: 429, no connection, or the run ended before the call
 * SENT        REFUSED     Intercom refused it for good: 4xx
 * SENT        IN_DOUBT    no answer or an unclear one; or a later run finds it SENT after a kill
 * DONE        IN_DOUBT    a later answer about the same conversation does not show the tag
 * IN_DOUBT    DONE        the conversation was read and shows it
 * IN_DOUBT    SENT        the settle time is over, and a complete look does not show it: claimed again
 * NOT_SENT    SENT        the next try
 * REFUSED     SENT        an operator released the request, or a read shows the conversation that a 404 had denied
 * NOT_SENT    NOT_NEEDED  meanwhile it is as wanted, or another note takes its place
 * REFUSED     NOT_NEEDED  meanwhile the conversation is as wanted
 * </pre>
 */
public enum LedgerState {
    /** The call may be under way, or was when the program ended. */
    SENT,
    /** It happened. */
    DONE,
    /** It may have happened, or happen yet: it is looked for until the settle time is over, and not sent before. */
    IN_DOUBT,
    /** It did not happen and may be tried again. */
    NOT_SENT,
    /** It did not happen and will not. */
    REFUSED,
    /** There was nothing to do; an undo leaves it alone. */
    NOT_NEEDED;

    private static final Map<LedgerState, Set<LedgerState>> NEXT = Map.of(
            SENT, EnumSet.of(DONE, SENT, NOT_SENT, REFUSED, IN_DOUBT),
            IN_DOUBT, EnumSet.of(DONE, SENT),
            NOT_SENT, EnumSet.of(SENT, NOT_NEEDED),
            REFUSED, EnumSet.of(SENT, NOT_NEEDED),
            DONE, EnumSet.of(IN_DOUBT),
            NOT_NEEDED, EnumSet.noneOf(LedgerState.class));

    /** Whether the table above leads from here to {@code next}. */
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
