package dev.gantry.bench.hostile.client;

import java.io.IOException;

/** Begins a TLS handshake and never goes on. */
final class SilentHandshake implements Hostile {
    /** A record of 512 bytes is announced, and the first of a ClientHello come. */
    private static final byte[] BEGINNING = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3};

    @Override
    public String name() {
        return "silent-handshake";
    }

    @Override
    public Caller caller() {
        return Caller.STRANGER;
    }

    @Override
    public int pace() {
        return 100;
    }

    @Override
    public void attempt(Ground ground) throws IOException {
        Wire wire = ground.tcp();
        ground.hold(wire);
        wire.send(BEGINNING);
        ground.note("held");
    }
}
