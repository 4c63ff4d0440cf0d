package dev.gantry.gateway.shell.http;

import dev.gantry.model.exchange.FrameSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A whole body as a stream: a slow client then holds one piece on the connection, not all. */
final class Pieces implements FrameSource {
    private final byte[] body;
    private final int size;
    private int sent;

    Pieces(byte[] body, int size) {
        this.body = body;
        this.size = size;
    }

    @Override
    public byte @Nullable [] next() {
        if (sent == body.length) {
            return null;
        }
        int from = sent;
        sent = Math.min(body.length, from + size);
        return Arrays.copyOfRange(body, from, sent);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
