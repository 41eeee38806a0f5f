package com.convmerge.merge;

/** Intercom refuses the token or cannot be reached, so that nothing can be done now. The message is for the operator. */
public abstract class IntercomRefuses extends RuntimeException {
    private final boolean configuration;

    /** @param configuration whether a setting must be changed before another try can help */
    protected IntercomRefuses(String message, boolean configuration) {
        super(message);
        this.configuration = configuration;
    }

    /** Whether a setting must be changed before another try can help. */
    public final boolean isConfiguration() {
        return configuration;
    }
}
