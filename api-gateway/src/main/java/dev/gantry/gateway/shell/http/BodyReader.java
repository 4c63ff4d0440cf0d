package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.model.refusal.Refusal;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Reads request bodies: each is bounded, and so is what all of them hold at once. */
final class BodyReader {
    /** Compat: {@code MaxRequestBodyBytes} of kube-apiserver. */
    static final int LIMIT_BYTES = 3 << 20;

    static final byte[] NONE = new byte[0];

    private static final long LIMIT_OF_ALL_BYTES = 192L << 20;
    private static final Refusal TOO_LONG =
            new Refusal.TooLarge("Request entity too large: limit is " + LIMIT_BYTES);
    private static final Refusal TOO_MANY =
            new Refusal.TooManyRequests(
                    "Too many requests, please try again later.", Duration.ofSeconds(1));

    private final AtomicLong held = new AtomicLong();

    /** The body is not read. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Refusal why;

        Unreadable(Refusal why) {
            super(why.message(), null, false, false);
            this.why = why;
        }

        Refusal why() {
            return why;
        }
    }

    /** Grows by its one writer, the connection's event loop. */
    private static final class Collected {
        private byte[] bytes = NONE;
        private int length;

        void add(ByteBuf part) {
            int more = part.readableBytes();
            if (length + more > LIMIT_BYTES) {
                throw new Unreadable(TOO_LONG);
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

    /**
     * Fails with {@link Unreadable} where there is too much of it. What it holds counts until the
     * whole request is answered: {@link #release} says so.
     */
    Mono<byte[]> read(HttpServerRequest request, Incoming incoming) {
        long size = announced(incoming);
        if (size > LIMIT_BYTES) {
            return Mono.error(new Unreadable(TOO_LONG));
        }
        if (held.get() + size > LIMIT_OF_ALL_BYTES) {
            return Mono.error(new Unreadable(TOO_MANY));
        }
        return Mono.defer(
                () -> {
                    held.addAndGet(size);
                    return request.receive()
                            .collect(Collected::new, Collected::add)
                            .map(Collected::whole);
                });
    }

    void release(Incoming incoming) {
        held.addAndGet(-announced(incoming));
    }

    /** A body without an announced length may be as long as any. */
    private static long announced(Incoming incoming) {
        String length = incoming.header("content-length");
        if (length.isEmpty()) {
            return LIMIT_BYTES;
        }
        boolean isNumber = length.length() <= 10 && length.chars().allMatch(Character::isDigit);
        return isNumber ? Long.parseLong(length) : Long.MAX_VALUE / 2;
    }
}
