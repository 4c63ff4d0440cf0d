package dev.gantry.bench.api;

import dev.gantry.bench.client.RawConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** The objects of one run by number, and requests about them. Used by many threads. */
final class Objects {
    /** Instead of a code: there is no object left for the request. */
    static final int NONE_LEFT = 0;

    private static final byte[] NO_BODY = {};

    private final Subject subject;
    private final String path;
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger gone = new AtomicInteger();
    private final AtomicInteger next = new AtomicInteger();

    Objects(Subject subject, String namespace) {
        this.subject = subject;
        this.path = subject.path(namespace);
    }

    int count() {
        return made.get() - gone.get();
    }

    static int expected(Request request) {
        return request == Request.CREATE ? 201 : 200;
    }

    /** Returns the code of the answer. */
    int send(Request request, RawConnection connection) throws IOException {
        return switch (request) {
            case CREATE -> connection.exchange("POST", path, subject.json(made.incrementAndGet()));
            case GET -> connection.exchange("GET", some(), NO_BODY);
            case UPDATE -> replace(connection);
            case PATCH -> connection.exchange("PATCH", some(), label());
            case DELETE -> delete(connection);
            case LIST500 -> connection.exchange("GET", path + "?limit=500", NO_BODY);
            case LIST1 -> connection.exchange("GET", path + "?limit=1", NO_BODY);
            case NOTHING ->
                    connection.exchange(
                            "GET", path + "?limit=500&labelSelector=app%3Dnobody", NO_BODY);
            case LIST -> connection.exchange("GET", path, NO_BODY);
            case PRETTY -> connection.exchange("GET", path + "?pretty=true", NO_BODY);
        };
    }

    private int replace(RawConnection connection) throws IOException {
        int number = someNumber();
        byte[] body = subject.json(number);
        body[body.length - 4] = (byte) ('0' + next.get() % 10);
        return connection.exchange("PUT", path + "/bench-" + number, body);
    }

    private int delete(RawConnection connection) throws IOException {
        int number = gone.incrementAndGet();
        if (number > made.get()) {
            gone.decrementAndGet();
            return NONE_LEFT;
        }
        return connection.exchange("DELETE", path + "/bench-" + number, NO_BODY);
    }

    private String some() {
        return path + "/bench-" + someNumber();
    }

    private int someNumber() {
        return 1 + gone.get() + next.incrementAndGet() % count();
    }

    private byte[] label() {
        return "{\"metadata\":{\"labels\":{\"turn\":\"t%d\"}}}"
                .formatted(next.get())
                .getBytes(StandardCharsets.UTF_8);
    }
}
