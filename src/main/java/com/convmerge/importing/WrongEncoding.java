package com.convmerge.importing;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text is not in the encoding in which it was read. The message follows the number of a line, and does not advise what was tried. */
final class WrongEncoding extends CharacterCodingException {
    /** What a spreadsheet program writes if it is not UTF-8, the most frequent first. */
    private static final List<Charset> FREQUENT =
            List.of(Charset.forName("windows-1252"), Charset.forName("windows-1250"));

    private final String advice;

    /**
     * A text that could not be decoded.
     *
     * @param tried how it was read
     * @param given what the operator said; null if the encoding was found out
     */
    WrongEncoding(Charset tried, @Nullable Charset given) {
        // The decoder does not say where it stands, and has read a little further than the last row.
        String where = "is not " + Encodings.name(tried) + (given == null ? "" : ", as --encoding says")
                + ", or a line soon after it is not; save the file as UTF-8, or ";
        this.advice = where
                + (given != null
                        ? "name another encoding, or none, so that it is found out"
                        : FREQUENT.stream()
                                .filter(other -> !other.equals(tried))
                                .findFirst()
                                .map(other -> "say what it is, such as: --encoding " + other.name())
                                .orElse("say what it is with --encoding"));
    }

    @Override
    public String getMessage() {
        return advice;
    }
}
