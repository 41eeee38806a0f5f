package com.convmerge.run;

/** A run, or what excludes one, that was not begun. The message is for the operator. */
public final class RunRefused extends RuntimeException {
    private final boolean anotherIsUnderWay;

    private RunRefused(String message, boolean anotherIsUnderWay) {
        super(message);
        this.anotherIsUnderWay = anotherIsUnderWay;
    }

    /** Something that cannot be done beside a run. */
    public static RunRefused anotherIsUnderWay(String holder) {
        return new RunRefused("another run is under way (" + holder + "); nothing was done", true);
    }

    static RunRefused nothingToRestart(String message) {
        return new RunRefused(message, false);
    }

    /** Whether another run prevents it; otherwise there is nothing to restart. */
    public boolean isAnotherUnderWay() {
        return anotherIsUnderWay;
    }
}
