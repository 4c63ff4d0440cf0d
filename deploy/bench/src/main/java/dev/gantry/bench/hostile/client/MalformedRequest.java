package dev.gantry.bench.hostile.client;

import java.io.IOException;
import java.util.List;

/** What is no HTTP, or nearly so, or two things at once. */
final class MalformedRequest implements Hostile {
    private static final List<String> REQUESTS =
            List.of(
                    "\r\n\r\n\r\n",
                    "GET\r\n\r\n",
                    "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
                    "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /api/../../etc HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /api HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                    "GET /api HTTP/1.1\r\nHost: a\r\n folded: yes\r\n\r\n",
                    "GET /api HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
                    "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                    "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n12345",
                    "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                    "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n",
                    "GET /" + "a".repeat(70_000) + " HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /api HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(5_000) + "\r\n",
                    "\u0000\u0001\u0002\u00ff".repeat(64));

    @Override
    public String name() {
        return "malformed-request";
    }

    @Override
    public Caller caller() {
        return Caller.STRANGER;
    }

    @Override
    public int pace() {
        return 50;
    }

    @Override
    public void attempt(Ground ground) throws IOException {
        try (Wire wire = ground.tls()) {
            wire.send(REQUESTS.get(ground.below(REQUESTS.size())));
            ground.note(wire.answer());
        }
    }
}
