package com.convmerge.cli;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.convmerge.merge.OneLine;
import com.convmerge.merge.PossibleSecrets;

/**
 * The message of a log line, which quotes Intercom and the rows. {@code logback.xml} uses it in place of {@code %msg}, so that no
 * message can begin a line of its own or speak to the terminal, whoever logs it. It is public because Logback makes it.
 */
public final class LogMessage extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        String message = event.getFormattedMessage();
        return message == null ? "" : OneLine.of(PossibleSecrets.hideCredentials(message));
    }
}
