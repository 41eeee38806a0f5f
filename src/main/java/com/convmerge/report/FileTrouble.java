package com.convmerge.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in an operator's words why a file or a folder cannot be used, which the exceptions' own messages often leave out. */
public final class FileTrouble {
    private FileTrouble() {}

    /** As a phrase that stands in brackets. */
    public static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "access denied for the user " + System.getProperty("user.name");
        }
        if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
            return "a file is where a folder should be";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no such folder";
        }
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null || reason.isBlank() ? "no reason given" : reason;
    }
}
