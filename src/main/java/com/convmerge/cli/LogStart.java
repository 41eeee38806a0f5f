package com.convmerge.cli;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** What stands in front of each line of the log: on a screen, what wipes the progress bar, whose place the line takes. */
public final class LogStart extends ClassicConverter {
    /** The property of the JVM that says that the log goes to a screen. */
    static final String WIPES = "terminal.wipes-bar";

    private static final String WIPE_LINE = "\r\u001b[K";

    private String start = "";

    @Override
    public void start() {
        start = Boolean.getBoolean(WIPES) ? WIPE_LINE : "";
        super.start();
    }

    @Override
    public String convert(ILoggingEvent event) {
        return start;
    }
}
