package dev.gantry.local.prerequisite;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** As much of the Executable and Linkable Format as says whether a program needs libraries. */
final class Elf {
    private static final int MAGIC = 0x464c457f;
    private static final int HEADER_BYTES = 64;
    private static final int NAMES_AN_INTERPRETER = 3;

    private Elf() {}

    /** Whether it is a 64-bit program that asks for no dynamic linker. */
    static boolean isStatic(Path file) throws IOException {
        try (var program = new RandomAccessFile(file.toFile(), "r")) {
            ByteBuffer header = read(program.getChannel(), 0, HEADER_BYTES);
            if (header.remaining() < HEADER_BYTES || header.getInt(0) != MAGIC) {
                return false;
            }
            long offset = header.getLong(0x20);
            int size = Short.toUnsignedInt(header.getShort(0x36));
            int count = Short.toUnsignedInt(header.getShort(0x38));
            ByteBuffer segments = read(program.getChannel(), offset, size * count);
            for (int at = 0; at + Integer.BYTES <= segments.remaining(); at += size) {
                if (segments.getInt(at) == NAMES_AN_INTERPRETER) {
                    return false;
                }
            }
            return count > 0;
        }
    }

    private static ByteBuffer read(FileChannel channel, long offset, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
            continue;
        }
        return buffer.flip();
    }
}
