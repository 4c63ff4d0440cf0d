package dev.gantry.state.secret.kms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An object that is sealed with a key made of {@code seed}, which a plugin wrapped.
 *
 * <pre>
 *   version 2 | provider | key id | wrapped seed | annotations | info 32 | nonce 12 | ciphertext and tag
 * </pre>
 *
 * <p>What has no fixed length stands behind its length, in four bytes.
 *
 * @param info makes this object's key of the seed
 */
public record KmsForm(
        String provider, WrappedKey seed, byte[] info, byte[] nonce, byte[] ciphertext) {
    public static final byte VERSION = 2;
    public static final int INFO_BYTES = 32;
    public static final int NONCE_BYTES = 12;

    /** What names the plugin's key. Compat: another seed alone makes nothing outdated. */
    public String sealer() {
        return sealer(provider, seed.keyId());
    }

    public static String sealer(String provider, String keyId) {
        return "%s %s".formatted(provider, keyId);
    }

    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            put(out, provider.getBytes(UTF_8));
            put(out, seed.keyId().getBytes(UTF_8));
            put(out, seed.ciphertext());
            out.writeInt(seed.annotations().size());
            for (var each : seed.annotations().entrySet()) {
                put(out, each.getKey().getBytes(UTF_8));
                put(out, each.getValue());
            }
            out.write(info);
            out.write(nonce);
            out.write(ciphertext);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return bytes.toByteArray();
    }

    /** Throws IOException where they are cut short. */
    public static KmsForm of(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException("form %d is not one of a KMS provider".formatted(version));
        }
        String provider = new String(take(in), UTF_8);
        String keyId = new String(take(in), UTF_8);
        byte[] wrapped = take(in);
        SortedMap<String, byte[]> annotations = new TreeMap<>();
        int many = in.readInt();
        for (int i = 0; i < many; i++) {
            annotations.put(new String(take(in), UTF_8), take(in));
        }
        return new KmsForm(
                provider,
                new WrappedKey(wrapped, keyId, annotations),
                exactly(in, INFO_BYTES),
                exactly(in, NONCE_BYTES),
                in.readAllBytes());
    }

    private static void put(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] take(DataInputStream in) throws IOException {
        return exactly(in, in.readInt());
    }

    private static byte[] exactly(DataInputStream in, int length) throws IOException {
        if (length < 0 || length > in.available()) {
            throw new IOException("a sealed object is cut short");
        }
        return in.readNBytes(length);
    }
}
