package dev.gantry.state.openapi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** One protobuf message, in the making. Fields are written in the order in which they are added. */
final class Wire {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Empty texts are left out, as proto3 does. */
    Wire text(int number, String value) {
        return value.isEmpty() ? this : bytes(number, value.getBytes(StandardCharsets.UTF_8));
    }

    Wire flag(int number, boolean value) {
        if (value) {
            varint((long) number << 3 | VARINT);
            varint(1);
        }
        return this;
    }

    Wire message(int number, Wire value) {
        return bytes(number, value.toBytes());
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    private Wire bytes(int number, byte[] value) {
        varint((long) number << 3 | LENGTH_DELIMITED);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
