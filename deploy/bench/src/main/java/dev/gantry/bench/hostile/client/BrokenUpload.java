package dev.gantry.bench.hostile.client;

import java.io.IOException;
import java.util.Locale;

/** Announces a large body, sends a part of it, and is gone. */
record BrokenUpload(Caller caller) implements Hostile {
    private static final int ANNOUNCED = 1_000_000;
    private static final int SENT = 64_000;

    @Override
    public String name() {
        return "broken-upload-" + caller.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int pace() {
        return 50;
    }

    @Override
    public void attempt(Ground ground) throws IOException {
        Wire wire = ground.tls();
        wire.send(
                ground.head("POST", ground.configMaps())
                        + "Content-Type: application/json\r\nContent-Length: "
                        + ANNOUNCED
                        + "\r\n\r\n");
        wire.send(" ".repeat(SENT));
        wire.abort();
        ground.note("broken off");
    }
}
