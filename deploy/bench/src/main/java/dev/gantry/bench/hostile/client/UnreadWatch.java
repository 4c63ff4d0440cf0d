package dev.gantry.bench.hostile.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/** Watches and never reads, while large changes flow. */
final class UnreadWatch implements Hostile {
    private static final int WATCHES_PER_CHANGE = 10;
    private static final int CHANGE_BYTES = 50_000;

    @Override
    public String name() {
        return "unread-watch";
    }

    @Override
    public Caller caller() {
        return Caller.USER;
    }

    @Override
    public int pace() {
        return 50;
    }

    @Override
    public void attempt(Ground ground) throws IOException {
        int number = ground.number();
        if (number % WATCHES_PER_CHANGE == 0) {
            String body =
                    """
                    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"flow-%d"},"data":{"k":"%s"}}"""
                            .formatted(number, "x".repeat(CHANGE_BYTES));
            ground.exchange("POST", ground.configMaps(), "application/json", body.getBytes(UTF_8));
            return;
        }
        Wire wire = ground.tls();
        ground.hold(wire);
        wire.send(ground.head("GET", ground.configMaps() + "?watch=true") + "\r\n");
        ground.note("unread");
    }
}
