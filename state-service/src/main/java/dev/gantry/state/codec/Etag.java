package dev.gantry.state.codec;

import dev.gantry.model.fault.Bug;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Marks a document by its content: equal ones have equal marks. */
public final class Etag {
    private Etag() {}

    /** Quoted, as in the header. */
    public static String of(byte[] content) {
        return '"' + hash(content) + '"';
    }

    /** SHA-512 in capital hexadecimal digits, as upstream has it. */
    public static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-512").digest(content);
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException absent) {
            throw new Bug("every JDK has SHA-512", absent);
        }
    }
}
