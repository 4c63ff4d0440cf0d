package dev.gantry.state.codec.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that are written from the end to the beginning, so that the length of a nested message is
 * known when its header is written. One writer.
 */
final class ReverseBuffer {
    private static final int LENGTH_DELIMITED = 2;

    private byte[] bytes = new byte[1024];
    private int start = bytes.length;

    /** How much is written; the difference of two is the length of what came between. */
    int size() {
        return bytes.length - start;
    }

    byte[] toBytes() {
        return Arrays.copyOfRange(bytes, start, bytes.length);
    }

    void raw(byte[] more) {
        reserve(more.length);
        start -= more.length;
        System.arraycopy(more, 0, bytes, start, more.length);
    }

    void varint(long value) {
        int length = 1;
        for (long rest = value >>> 7; rest != 0; rest >>>= 7) {
            length++;
        }
        reserve(length);
        start -= length;
        long rest = value;
        for (int i = 0; i < length - 1; i++) {
            bytes[start + i] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[start + length - 1] = (byte) rest;
    }

    void fixed64(long value) {
        reserve(8);
        start -= 8;
        for (int i = 0; i < 8; i++) {
            bytes[start + i] = (byte) (value >>> 8 * i);
        }
    }

    void tag(int number, int wireType) {
        varint((long) number << 3 | wireType);
    }

    void bytes(int number, byte[] value) {
        raw(value);
        varint(value.length);
        tag(number, LENGTH_DELIMITED);
    }

    void text(int number, String value) {
        bytes(number, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Closes the message that was begun when the size was {@code sizeBefore}. */
    void message(int number, int sizeBefore) {
        length(number, size() - sizeBefore);
    }

    /** The head of a message that is {@code length} bytes long. */
    void length(int number, long length) {
        varint(length);
        tag(number, LENGTH_DELIMITED);
    }

    private void reserve(int length) {
        if (start >= length) {
            return;
        }
        int used = size();
        byte[] larger = new byte[Math.max(bytes.length * 2, used + length + 1024)];
        System.arraycopy(bytes, start, larger, larger.length - used, used);
        start = larger.length - used;
        bytes = larger;
    }
}
