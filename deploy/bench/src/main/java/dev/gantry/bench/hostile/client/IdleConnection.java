package dev.gantry.bench.hostile.client;

import java.io.IOException;

/** Finishes the handshake, asks nothing, stays. */
final class IdleConnection implements Hostile {
    @Override
    public String name() {
        return "idle-connection";
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
        ground.hold(ground.tls());
        ground.note("held");
    }
}
