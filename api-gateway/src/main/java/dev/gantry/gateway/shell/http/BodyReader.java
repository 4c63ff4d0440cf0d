package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.shell.exchange.Incoming;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Reads request bodies, bounded. */
final class BodyReader {
    /** Compat: {@code MaxRequestBodyBytes} of kube-apiserver. */
    static final int LIMIT_BYTES = 3 << 20;

    static final byte[] NONE = new byte[0];

    /** The body is longer than anybody may send. */
    static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("Request entity too large: limit is " + LIMIT_BYTES, null, false, false);
        }
    }

    /** Grows by its one writer, the connection's event loop. */
    private static final class Collected {
        private byte[] bytes = NONE;
        private int length;

        void add(ByteBuf part) {
            int more = part.readableBytes();
            if (length + more > LIMIT_BYTES) {
                throw new TooLong();
            }
            if (length + more > bytes.length) {
                int doubled = length == 0 ? more : Math.min(LIMIT_BYTES, 2 * (length + more));
                bytes = Arrays.copyOf(bytes, doubled);
            }
            part.getBytes(part.readerIndex(), bytes, length, more);
            length += more;
        }

        byte[] whole() {
            return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        }
    }

    private BodyReader() {}

    /** Fails with {@link TooLong} before reading where the client announces too much. */
    static Mono<byte[]> read(HttpServerRequest request, Incoming incoming) {
        String announced = incoming.header("content-length");
        if (announced.length() > 10
                || (!announced.isEmpty() && Long.parseLong(announced) > LIMIT_BYTES)) {
            return Mono.error(new TooLong());
        }
        return request.receive().collect(Collected::new, Collected::add).map(Collected::whole);
    }
}
