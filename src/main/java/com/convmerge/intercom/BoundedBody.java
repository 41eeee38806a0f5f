package com.convmerge.intercom;

import java.io.IOException;
import java.util.Optional;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/**
 * Reads the body of an answer up to a bound, whatever its {@code Content-Length} says and however well it was compressed: the bound
 * is on what it becomes in memory, and no more of it is read.
 */
final class BoundedBody {
    /**
     * For the body of a success. A conversation has at most 500 parts; with 32 KB of HTML in each of them it has this size. Up to 256
     * answers are read at the same time, so a much larger bound would not keep the program from running out of memory.
     */
    static final int LONGEST = 16 * 1024 * 1024;

    /** For the body of a failure, of which 500 characters are shown. */
    static final int LONGEST_ERROR = 64 * 1024;

    private BoundedBody() {}

    /** The whole body; empty if it is longer than {@link #LONGEST}. Throws {@link IOException} if the connection breaks. */
    static Optional<byte[]> whole(ResponseBody body) throws IOException {
        BufferedSource source = body.source();
        return source.request(LONGEST + 1L) ? Optional.empty() : Optional.of(source.readByteArray());
    }

    /** The beginning of a body. Throws {@link IOException} if the connection breaks within it. */
    static byte[] beginning(ResponseBody body) throws IOException {
        BufferedSource source = body.source();
        return source.request(LONGEST_ERROR + 1L) ? source.readByteArray(LONGEST_ERROR) : source.readByteArray();
    }
}
