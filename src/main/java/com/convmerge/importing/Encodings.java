package com.convmerge.importing;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/** In which encoding a text is. */
final class Encodings {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final int[][] MARKS = {
        {0xEF, 0xBB, 0xBF}, {0xFF, 0xFE, 0, 0}, {0, 0, 0xFE, 0xFF}, {0xFF, 0xFE}, {0xFE, 0xFF}
    };

    private static final Charset[] MARKED = {
        StandardCharsets.UTF_8,
        Charset.forName("UTF-32LE"),
        Charset.forName("UTF-32BE"),
        StandardCharsets.UTF_16LE,
        StandardCharsets.UTF_16BE
    };

    /** So many bytes beyond ASCII the library needs before its guess is better than the most frequent encoding. */
    private static final int ENOUGH = 8;

    private Encodings() {}

    /**
     * How a text begins.
     *
     * @param charset null if the beginning does not say it
     * @param length of the byte order mark
     */
    record Start(@Nullable Charset charset, int length) {}

    /** What the beginning of a file says: a byte order mark, or the zeros of UTF-16 that came without one. */
    static Start of(byte[] start) {
        for (int i = 0; i < MARKS.length; i++) {
            if (begins(start, MARKS[i])) {
                return new Start(MARKED[i], MARKS[i].length);
            }
        }
        int[] zeros = {0, 0};
        for (int i = 0; i < start.length; i++) {
            zeros[i % 2] += start[i] == 0 ? 1 : 0;
        }
        int many = start.length / 4;
        if (start.length < 2 || (zeros[0] <= many && zeros[1] <= many)) {
            return new Start(null, 0);
        }
        return new Start(zeros[0] > zeros[1] ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE, 0);
    }

    /**
     * The encoding of a portion that begins with a byte beyond ASCII.
     *
     * @param isEnd whether the portion is all that is left of the file, so that no character can be cut by its end
     */
    static Charset guess(byte[] portion, boolean isEnd) {
        if (isUtf8(portion, isEnd)) {
            return StandardCharsets.UTF_8;
        }
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(portion, 0, portion.length);
        detector.dataEnd();
        String found = detector.getDetectedCharset();
        // A few umlauts between plain letters look like any encoding to the library; other scripts come in whole words.
        return found != null && Charset.isSupported(found) && isOfWholeWords(portion)
                ? Charset.forName(found)
                : WINDOWS_1252;
    }

    /** As an operator knows it. */
    static String name(Charset charset) {
        return charset.equals(WINDOWS_1252) ? "Windows-1252" : charset.name();
    }

    private static boolean isUtf8(byte[] portion, boolean isEnd) {
        return !StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(portion), CharBuffer.allocate(portion.length), isEnd)
                .isError();
    }

    private static boolean isOfWholeWords(byte[] portion) {
        int beyondAscii = 0;
        int besideAnother = 0;
        for (int i = 0; i < portion.length; i++) {
            if (portion[i] < 0) {
                beyondAscii++;
                boolean isBeside = (i > 0 && portion[i - 1] < 0) || (i + 1 < portion.length && portion[i + 1] < 0);
                besideAnother += isBeside ? 1 : 0;
            }
        }
        return beyondAscii >= ENOUGH && besideAnother * 2 > beyondAscii;
    }

    private static boolean begins(byte[] start, int[] mark) {
        return start.length >= mark.length
                && IntStream.range(0, mark.length).allMatch(i -> (start[i] & 0xFF) == mark[i]);
    }
}
