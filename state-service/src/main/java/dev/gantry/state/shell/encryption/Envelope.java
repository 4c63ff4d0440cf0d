package dev.gantry.state.shell.encryption;

import dev.gantry.model.meta.ObjectKey;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Envelope encryption: each object under a data key of its own (AES-256-GCM), and that key wrapped
 * by one of the platform's or the operator's.
 *
 * <pre>
 *   version 1 | key id 4 | nonce 12 | wrapped data key 48 | nonce 12 | ciphertext and tag
 * </pre>
 *
 * <p>The object's name is authenticated along: a row cannot be passed off as another's.
 */
final class Envelope {
    static final byte VERSION = 1;

    private static final int KEY_BYTES = 32;

    private final List<DataKey> keys;

    /**
     * @param keys that open
     */
    Envelope(List<DataKey> keys) {
        this.keys = keys;
    }

    /** What names a key that seals. */
    static String sealer(DataKey key) {
        return named(key.id());
    }

    /** What names the key that sealed this. */
    static String sealerOf(byte[] sealed) {
        return named(ByteBuffer.wrap(sealed).getInt(1));
    }

    private static String named(int id) {
        return "key %08x".formatted(id);
    }

    static byte[] seal(DataKey outer, ObjectKey name, byte[] open) {
        byte[] inner = AesGcm.random(KEY_BYTES);
        byte[] outerNonce = AesGcm.random(AesGcm.NONCE_BYTES);
        byte[] innerNonce = AesGcm.random(AesGcm.NONCE_BYTES);
        byte[] wrapped = AesGcm.seal(outer.key(), outerNonce, name, inner);
        byte[] sealed = AesGcm.seal(AesGcm.key(inner), innerNonce, name, open);
        return ByteBuffer.allocate(5 + 2 * AesGcm.NONCE_BYTES + wrapped.length + sealed.length)
                .put(VERSION)
                .putInt(outer.id())
                .put(outerNonce)
                .put(wrapped)
                .put(innerNonce)
                .put(sealed)
                .array();
    }

    byte[] open(ObjectKey name, byte[] sealed) {
        var from = ByteBuffer.wrap(sealed);
        from.get(); // the version, by which this is chosen
        int id = from.getInt();
        DataKey outer =
                keys.stream()
                        .filter(each -> each.id() == id)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "%s is sealed with key %08x, which is neither in the data key file nor configured"
                                                        .formatted(name, id)));
        byte[] outerNonce = take(from, AesGcm.NONCE_BYTES);
        byte[] wrapped = take(from, KEY_BYTES + AesGcm.TAG_BYTES);
        byte[] innerNonce = take(from, AesGcm.NONCE_BYTES);
        byte[] inner = AesGcm.open(outer.key(), outerNonce, name, wrapped);
        return AesGcm.open(AesGcm.key(inner), innerNonce, name, take(from, from.remaining()));
    }

    private static byte[] take(ByteBuffer from, int length) {
        byte[] taken = new byte[length];
        from.get(taken);
        return taken;
    }
}
