package com.convmerge.intercom;

import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * A JSON body that OkHttp may send once.
 *
 * <p>OkHttp 5.5.1 sends a POST again by itself after a dropped pooled connection, a 408, a 307 and a 503 with {@code
 * Retry-After: 0}, the last even with {@code retryOnConnectionFailure(false)}. Only a one-shot body keeps it from that in
 * all four cases (measured: the server got two POSTs for one call; see OneShotJsonTest).
 */
final class OneShotJson extends RequestBody {
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    private final byte[] json;

    OneShotJson(byte[] json) {
        this.json = json.clone();
    }

    @Override
    public @Nullable MediaType contentType() {
        return JSON;
    }

    @Override
    public long contentLength() {
        return json.length;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws java.io.IOException {
        sink.write(json);
    }
}
