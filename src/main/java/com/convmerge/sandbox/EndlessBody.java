package com.convmerge.sandbox;

import java.io.IOException;
import mockwebserver3.MockResponseBody;
import okio.BufferedSink;

/** A body that goes on with spaces until the connection is closed, as fast as its response is throttled. */
final class EndlessBody implements MockResponseBody {
    private static final String SPACES = " ".repeat(64);

    private final String beginning;

    EndlessBody(String beginning) {
        this.beginning = beginning;
    }

    @Override
    public long getContentLength() {
        return -1;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        sink.writeUtf8(beginning);
        while (true) {
            sink.writeUtf8(SPACES).flush();
        }
    }
}
