package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.model.exchange.ApiReply;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Compat: {@code endpoints/handlers/responsewriters/writers.go}: only bodies over 128 KiB are
 * compressed, at the fastest level.
 */
final class Compression {
    private static final int WORTHWHILE_BYTES = 128 << 10;

    private Compression() {}

    static boolean isWorthwhile(ApiReply.Whole whole, Incoming incoming) {
        return whole.body().length > WORTHWHILE_BYTES
                && incoming.header("accept-encoding").contains("gzip")
                && !whole.headers().containsKey("Content-Encoding");
    }

    static byte[] gzip(byte[] body, HttpHeaders headers) {
        var packed = new ByteArrayOutputStream(body.length / 4);
        try (var out = new FastGzip(packed)) {
            out.write(body);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        headers.set(HttpHeaderNames.CONTENT_ENCODING, "gzip");
        headers.add(HttpHeaderNames.VARY, "Accept-Encoding");
        return packed.toByteArray();
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream packed) throws IOException {
            super(packed, 8 << 10);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
