package dev.gantry.bench.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The lines of a chunked body, wherever chunks begin and end. Lines are looked at where they lie: a
 * watch brings tens of thousands of them, and trees would cost more than what is measured.
 */
public final class ChunkedLines {
    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int filled;
    private int start;
    private int end = -1;

    ChunkedLines(InputStream in) {
        this.in = in;
    }

    /** Goes to the next line; false at the end of the body. */
    public boolean next() throws IOException {
        start = end + 1;
        int from = start;
        while (true) {
            for (int at = from; at < filled; at++) {
                if (buffer[at] == '\n') {
                    end = at;
                    return true;
                }
            }
            from = filled - start;
            makeRoom();
            if (!readChunk()) {
                return false;
            }
        }
    }

    /** Where the pattern begins in the line, at {@code from} or after; negative where nowhere. */
    public int find(byte[] pattern, int from) {
        int last = end - start - pattern.length;
        for (int at = from; at <= last; at++) {
            if (buffer[start + at] == pattern[0]
                    && Arrays.equals(
                            buffer,
                            start + at,
                            start + at + pattern.length,
                            pattern,
                            0,
                            pattern.length)) {
                return at;
            }
        }
        return -1;
    }

    /** The digits at a place in the line; zero where there are none. */
    public int number(int from) {
        int number = 0;
        for (int at = start + from; at < end && buffer[at] >= '0' && buffer[at] <= '9'; at++) {
            number = number * 10 + buffer[at] - '0';
        }
        return number;
    }

    public String text() {
        return new String(buffer, start, end - start, StandardCharsets.UTF_8);
    }

    /** Moves the line that has begun to the front. */
    private void makeRoom() {
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        filled -= start;
        start = 0;
        end = -1;
    }

    private boolean readChunk() throws IOException {
        int size = chunkSize();
        if (filled + size > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, filled + size));
        }
        if (in.readNBytes(buffer, filled, size) < size) {
            throw new EOFException("the server closed the connection within a chunk");
        }
        in.skipNBytes(2);
        filled += size;
        return size > 0;
    }

    private int chunkSize() throws IOException {
        int size = 0;
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            int digit = Character.digit(c, 16);
            size = digit < 0 ? size : size * 16 + digit;
        }
        return size;
    }
}
