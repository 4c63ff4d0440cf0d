package dev.gantry.bench.hostile.client;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Slowloris: headers that come one by one and never end. */
final class SlowHeaders implements Hostile {
    private static final int BEGINNING = 200;

    private final Queue<Wire> begun = new ConcurrentLinkedQueue<>();

    @Override
    public String name() {
        return "slow-headers";
    }

    @Override
    public Caller caller() {
        return Caller.STRANGER;
    }

    @Override
    public int pace() {
        return 100;
    }

    /** Begins one more request, then gives each of them a line in turn. */
    @Override
    public void attempt(Ground ground) throws IOException {
        if (begun.size() < BEGINNING) {
            Wire wire = ground.tls();
            ground.hold(wire);
            wire.send("GET /api HTTP/1.1\r\n");
            begun.add(wire);
            ground.note("begun");
            return;
        }
        Wire next = begun.remove();
        next.send("X-%d: slowly\r\n".formatted(ground.number()));
        begun.add(next);
        ground.note("one more header");
    }
}
