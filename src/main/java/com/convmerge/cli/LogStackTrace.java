package com.convmerge.cli;

import ch.qos.logback.classic.pattern.ExtendedThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import com.convmerge.merge.OneLine;
import com.convmerge.merge.PossibleSecrets;
import java.util.stream.Collectors;

/**
 * A stack trace below a log line, when an operator asks for it. The messages of exceptions quote Intercom, rows and drivers, so no
 * line of it may speak to the terminal, and each is indented: none can be taken for a log line. It is public because Logback makes
 * it.
 */
public final class LogStackTrace extends ExtendedThrowableProxyConverter {
    @Override
    protected String throwableProxyToString(IThrowableProxy throwable) {
        return OneLine.lines(PossibleSecrets.hideCredentials(super.throwableProxyToString(throwable)))
                .lines()
                .map(line -> "    " + line + System.lineSeparator())
                .collect(Collectors.joining());
    }
}
