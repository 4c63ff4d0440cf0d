package dev.gantry.agent.stream;

/**
 * The head of a WebSocket frame (RFC 6455).
 *
 * @param lengthBytes how many bytes after the first two say how long it is: 0, 2 or 8
 */
public record FrameHead(boolean isLast, int opcode, boolean isMasked, int length, int lengthBytes) {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;
    private static final int SHORT = 126;
    private static final int LONG = 127;
    private static final int MAX_SHORT = 65535;

    public static FrameHead parse(int first, int second) {
        int length = second & 0x7f;
        int lengthBytes = length == SHORT ? 2 : length == LONG ? 8 : 0;
        return new FrameHead(
                (first & 0x80) != 0, first & 0x0f, (second & 0x80) != 0, length, lengthBytes);
    }

    public boolean isControl() {
        return opcode >= CLOSE;
    }

    /** The whole frame, last of its message and not masked, as a server sends it. */
    public static byte[] frame(int opcode, byte[] payload) {
        int lengthBytes = payload.length < SHORT ? 0 : payload.length <= MAX_SHORT ? 2 : 8;
        byte[] frame = new byte[2 + lengthBytes + payload.length];
        frame[0] = (byte) (0x80 | opcode);
        frame[1] = (byte) (lengthBytes == 0 ? payload.length : lengthBytes == 2 ? SHORT : LONG);
        for (int i = 0; i < lengthBytes; i++) {
            frame[2 + i] = (byte) ((long) payload.length >>> 8 * (lengthBytes - 1 - i));
        }
        System.arraycopy(payload, 0, frame, 2 + lengthBytes, payload.length);
        return frame;
    }

    /** In place; masking twice is doing nothing. */
    public static void mask(byte[] payload, byte[] key) {
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= key[i & 3];
        }
    }
}
