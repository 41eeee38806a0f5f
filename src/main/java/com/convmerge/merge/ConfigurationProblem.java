package com.convmerge.merge;

/** A setting that keeps the program from starting. The message is shown to the operator as it stands and says what to do. */
public final class ConfigurationProblem extends RuntimeException {
    public ConfigurationProblem(String message) {
        super(message);
    }
}
