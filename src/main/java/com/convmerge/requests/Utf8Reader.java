package com.convmerge.requests;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads UTF-8, with or without a byte order mark, and replaces nothing: throws {@link NotUtf8} with the line at which it
 * stands, and only when everything before it was handed out. The JDK's reader knows no lines and drops what it has read.
 */
final class Utf8Reader extends Reader {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int BUFFER = 16_384;

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
    private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();
    private boolean hasEnded;
    private boolean hasBegun;
    private char last;
    private long line = 1;

    Utf8Reader(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        while (!chars.hasRemaining()) {
            if (!decode()) {
                return -1;
            }
        }
        int count = Math.min(length, chars.remaining());
        chars.get(buffer, offset, count);
        return count;
    }

    /** Returns whether there is more; what there is may be nothing but the mark. */
    private boolean decode() throws IOException {
        chars.clear();
        CoderResult result = decoder.decode(bytes, chars, hasEnded);
        chars.flip();
        if (chars.hasRemaining()) {
            skipMark();
            countLines();
            return true;
        }
        if (result.isError()) {
            throw new NotUtf8(line, bytes.get(bytes.position()));
        }
        if (hasEnded) {
            return false;
        }
        bytes.compact();
        int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
        hasEnded = count < 0;
        bytes.position(bytes.position() + Math.max(count, 0)).flip();
        return true;
    }

    private void skipMark() {
        if (!hasBegun && chars.get(chars.position()) == BYTE_ORDER_MARK) {
            chars.get();
        }
        hasBegun = true;
    }

    /** As the CSV reader counts them: CR, LF, and CR with LF each end one. */
    private void countLines() {
        for (int i = chars.position(); i < chars.limit(); i++) {
            char c = chars.get(i);
            if (c == '\r' || c == '\n' && last != '\r') {
                line++;
            }
            last = c;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** A byte that is not UTF-8. */
    static final class NotUtf8 extends IOException {
        private final long line;

        NotUtf8(long line, byte found) {
            super(String.format("is not UTF-8 (byte 0x%02X); save the file as UTF-8", found));
            this.line = line;
        }

        long line() {
            return line;
        }
    }
}
