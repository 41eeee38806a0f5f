package com.convmerge.cli;

import ch.qos.logback.core.boolex.PropertyConditionBase;

/**
 * Whether a setting asks for a log file. Spring Boot passes it on as a property of the JVM; a variable of the environment with that name
 * is no setting, and a command on the sandbox must not write to its file. It is public because Logback makes it.
 */
public final class LogFileIsAsked extends PropertyConditionBase {
    @Override
    public boolean evaluate() {
        return System.getProperty("LOG_FILE") != null;
    }
}
