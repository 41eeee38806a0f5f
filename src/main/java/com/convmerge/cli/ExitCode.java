package com.convmerge.cli;

/** How a command ended, for schedulers. */
enum ExitCode {
    /** Everything that was asked for is merged. */
    DONE(0),
    /** The run failed: restart it. */
    FAILED(1),
    /** Wrong usage or configuration; nothing was done. */
    WRONG_USE(2),
    /** Finished, but some requests were rejected, failed or wait in the retry table. */
    SOME_LEFT(3),
    /** Stopped before the end. */
    STOPPED(4),
    /** Another run is under way; nothing was done. */
    ANOTHER_RUN(5);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
