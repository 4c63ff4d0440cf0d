package dev.gantry.state.codec.json;

import java.util.Arrays;

/** The bytes of a JSON text in the making. One writer. */
public final class JsonText {
    private byte[] bytes = new byte[4096];
    private int size;

    public int size() {
        return size;
    }

    public void append(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
    }

    public void append(byte[] from) {
        append(from, 0, from.length);
    }

    public void append(byte[] from, int offset, int length) {
        reserve(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    /** All of {@code other}, indented. */
    public void appendPretty(JsonText other, int depth) {
        PrettyJson.write(other.bytes, other.size, depth, this);
    }

    /** What has been written; the next text begins. */
    public byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, size);
        clear();
        return taken;
    }

    public void clear() {
        size = 0;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
