package com.convmerge.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import com.convmerge.report.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The log file, if {@code logging.file.name} or {@code logging.file.path} asks for one: readable for nobody else, also after it was
 * begun anew. It is public because Logback makes it.
 */
public final class LogFile extends RollingFileAppender<ILoggingEvent> {
    @Override
    public void openFile(String name) throws IOException {
        Path file = Path.of(name);
        OwnerOnly.makeFolderOf(file);
        OwnerOnly.makeFileIfMissing(file);
        super.openFile(name);
    }
}
