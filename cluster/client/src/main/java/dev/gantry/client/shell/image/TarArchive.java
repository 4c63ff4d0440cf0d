package dev.gantry.client.shell.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/**
 * A POSIX ustar archive in memory. Names are at most 100 bytes; owners are root; times are zero.
 */
final class TarArchive {
    private static final int BLOCK = 512;
    private static final int CHECKSUM_AT = 148;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void file(String path, int mode, byte[] content) {
        header(path, mode, content.length, '0', "");
        out.writeBytes(content);
        out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    void directory(String path, int mode) {
        header(path + "/", mode, 0, '5', "");
    }

    void symbolicLink(String path, String target) {
        header(path, 0777, 0, '2', target);
    }

    byte[] finished() {
        out.writeBytes(new byte[2 * BLOCK]);
        return out.toByteArray();
    }

    private void header(String path, int mode, int size, char type, String target) {
        byte[] block = new byte[BLOCK];
        put(block, 0, path);
        put(block, 100, octal(7, mode));
        put(block, 108, octal(7, 0));
        put(block, 116, octal(7, 0));
        put(block, 124, octal(11, size));
        put(block, 136, octal(11, 0));
        put(block, CHECKSUM_AT, "        ");
        block[156] = (byte) type;
        put(block, 157, target);
        put(block, 257, "ustar\00000");
        int sum = 0;
        for (byte each : block) {
            sum += each & 0xff;
        }
        put(block, CHECKSUM_AT, octal(6, sum) + "\0 ");
        out.writeBytes(block);
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length > 100) {
            throw new IllegalArgumentException("longer than a tar header holds: " + text);
        }
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    private static String octal(int digits, int value) {
        return String.format(Locale.ROOT, "%0" + digits + "o", value);
    }
}
