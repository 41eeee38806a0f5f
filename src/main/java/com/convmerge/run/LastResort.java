package com.convmerge.run;

/**
 * Ends the program at once, for a run that must end and does not get there in order, because the database or something else does
 * not answer. That is no worse than a kill: a restart is safe at any instant.
 */
@FunctionalInterface
public interface LastResort {
    /** @param why the run ends, one line for the operator */
    void end(String why);
}
