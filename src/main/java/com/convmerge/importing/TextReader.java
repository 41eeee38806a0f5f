package com.convmerge.importing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The text of a file, whose encoding it finds out where that first makes a difference: at a byte order mark, or at the first byte
 * that is not ASCII, which may come after a million rows. Then a portion is looked at, and nothing more is held in memory. What is
 * not in that encoding throws {@link WrongEncoding}.
 */
final class TextReader extends Reader {
    private static final int PORTION = 64 * 1024;
    private static final int LONGEST_MARK = 4;

    private final BufferedInputStream in;
    private final @Nullable Charset given;
    private Charset charset = StandardCharsets.UTF_8;
    private @Nullable Reader decoded;

    /** @param given the encoding; null if it is to be found out */
    TextReader(InputStream file, @Nullable Charset given) throws IOException {
        this.in = new BufferedInputStream(file, PORTION);
        this.given = given;
        Encodings.Start start = Encodings.of(look(PORTION));
        in.readNBytes(start.length());
        Charset known = given == null ? start.charset() : given;
        if (known != null) {
            decodeAs(known);
        }
    }

    /** As far as the file was read; UTF-8 for plain ASCII. */
    Charset charset() {
        return charset;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        if (decoded == null && length > 0) {
            int ascii = readAscii(buffer, offset, length);
            if (ascii != 0) {
                return ascii;
            }
            byte[] portion = look(PORTION);
            decodeAs(Encodings.guess(portion, portion.length < PORTION));
        }
        try {
            return decoded == null ? 0 : decoded.read(buffer, offset, length);
        } catch (CharacterCodingException e) {
            throw new WrongEncoding(charset, given);
        }
    }

    /** -1 at the end of the file; 0 if the next byte is not ASCII. */
    private int readAscii(char[] buffer, int offset, int length) throws IOException {
        byte[] next = look(Math.min(length, PORTION));
        int ascii = 0;
        while (ascii < next.length && next[ascii] >= 0) {
            buffer[offset + ascii] = (char) next[ascii];
            ascii++;
        }
        in.readNBytes(ascii);
        return next.length == 0 ? -1 : ascii;
    }

    private byte[] look(int length) throws IOException {
        in.mark(Math.max(length, LONGEST_MARK));
        byte[] next = in.readNBytes(length);
        in.reset();
        return next;
    }

    private void decodeAs(Charset found) {
        charset = found;
        decoded = new InputStreamReader(
                in,
                found.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    @Override
    public void close() {
        // The file is its opener's.
    }
}
