package dev.gantry.agent.shell.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;

/** A body in chunks, each sent at once. */
final class Chunked implements AutoCloseable {
    private static final byte[] LINE = "\r\n".getBytes(US_ASCII);
    private static final byte[] LAST = "0\r\n\r\n".getBytes(US_ASCII);

    private final OutputStream out;

    Chunked(OutputStream out) {
        this.out = out;
    }

    void write(byte[] bytes, int length) throws IOException {
        if (length == 0) {
            return;
        }
        byte[] head = (Integer.toHexString(length) + "\r\n").getBytes(US_ASCII);
        byte[] chunk = new byte[head.length + length + LINE.length];
        System.arraycopy(head, 0, chunk, 0, head.length);
        System.arraycopy(bytes, 0, chunk, head.length, length);
        System.arraycopy(LINE, 0, chunk, head.length + length, LINE.length);
        out.write(chunk);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.write(LAST);
        out.flush();
    }
}
