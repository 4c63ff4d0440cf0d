package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.limit.Allotments;
import dev.gantry.model.refusal.Refusal;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Reads the bodies of those who may send one: each is bounded, and so is what all of them hold at
 * once. What counts is what has arrived, not what was announced.
 */
final class BodyReader {
    /** Compat: {@code MaxRequestBodyBytes} of kube-apiserver. */
    static final int LIMIT_BYTES = 3 << 20;

    static final Refusal TOO_LONG =
            new Refusal.TooLarge("Request entity too large: limit is " + LIMIT_BYTES);
    static final Refusal TOO_MANY =
            new Refusal.TooManyRequests(
                    "Too many requests, please try again later.", Duration.ofSeconds(1));

    private BodyReader() {}

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

    /** The client left, or its connection broke: nobody's fault here. */
    static final class BrokenOff extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenOff(Throwable why) {
            super(String.valueOf(why.getMessage()), null, false, false);
        }
    }

    /**
     * Fails with {@link Unreadable} where there is too much of it, and with {@link BrokenOff} where
     * it never becomes whole. The receiver of the body closes it.
     */
    static Mono<Body> read(HttpServerRequest request, Incoming incoming, Allotments.Share share) {
        if (announced(incoming) > LIMIT_BYTES) {
            return Mono.error(new Unreadable(TOO_LONG));
        }
        return Mono.defer(
                () -> {
                    Body body = new Body(share);
                    return request.receive()
                            .collect(() -> body, Body::add)
                            .map(Body::whole)
                            .onErrorMap(fault -> !(fault instanceof Unreadable), BrokenOff::new)
                            .doOnError(_ -> body.breakOff())
                            .doOnCancel(body::breakOff);
                });
    }

    private static long announced(Incoming incoming) {
        String length = incoming.header("content-length");
        boolean isNumber = length.length() <= 10 && length.chars().allMatch(Character::isDigit);
        if (length.isEmpty()) {
            return 0;
        }
        return isNumber ? Long.parseLong(length) : Long.MAX_VALUE;
    }
}
