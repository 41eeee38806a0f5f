package com.convmerge.cli;

import com.convmerge.merge.OneLine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Passes on text in UTF-8, with each character that a terminal would obey, or would not show, replaced. It stands behind all that a
 * command prints, so that no call site can forget it.
 */
final class PlainOutput extends OutputStream {
    private static final int LONGEST_CHARACTER = 4;

    private final PrintStream to;
    /** The beginning of a character whose other bytes have not come yet. */
    private byte[] begun = {};

    PlainOutput(PrintStream to) {
        this.to = to;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    /** Throws {@link IOException} if the text could not be passed on, which a {@link PrintStream} does not say by itself. */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        byte[] all = Arrays.copyOf(begun, begun.length + length);
        System.arraycopy(bytes, offset, all, begun.length, length);
        int end = endOfWholeCharacters(all);
        begun = Arrays.copyOfRange(all, end, all.length);
        byte[] plain =
                OneLine.lines(new String(all, 0, end, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        to.write(plain, 0, plain.length);
        flush();
    }

    @Override
    public void flush() throws IOException {
        if (to.checkError()) {
            throw new IOException("the output was not accepted");
        }
    }

    private static int endOfWholeCharacters(byte[] text) {
        for (int start = text.length - 1; start >= Math.max(0, text.length - LONGEST_CHARACTER); start--) {
            int first = text[start] & 0xFF;
            if (first < 0x80) {
                return text.length;
            }
            if (first >= 0xC0) {
                int needed = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
                return start + needed > text.length ? start : text.length;
            }
        }
        return text.length;
    }
}
