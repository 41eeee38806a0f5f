package com.convmerge.merge;

/** A wrong setting or argument. The message is shown to the operator unchanged and says what to do. */
public final class ConfigurationProblem extends RuntimeException {
    public ConfigurationProblem(String message) {
        super(message);
    }
}
