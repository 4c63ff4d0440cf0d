package dev.gantry.state.shell.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.meta.ObjectKey;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Envelope encryption: each object under a data key of its own (AES-256-GCM), and that key wrapped
 * by the key in the file.
 *
 * <pre>
 *   version 1 | key id 4 | nonce 12 | wrapped data key 48 | nonce 12 | ciphertext and tag
 * </pre>
 *
 * <p>The object's name is authenticated along: a row cannot be passed off as another's.
 */
final class Envelope {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int KEY_BYTES = 32;
    private static final int TAG_BYTES = 16;

    private final List<DataKey> keys;
    private final SecureRandom random = new SecureRandom();

    Envelope(Path keyFile) {
        this.keys = DataKey.in(keyFile);
    }

    byte[] seal(ObjectKey name, byte[] open) {
        DataKey outer = keys.getFirst();
        byte[] inner = randomBytes(KEY_BYTES);
        byte[] outerNonce = randomBytes(NONCE_BYTES);
        byte[] innerNonce = randomBytes(NONCE_BYTES);
        byte[] wrapped = crypt(Cipher.ENCRYPT_MODE, outer.key(), outerNonce, name, inner);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, aes(inner), innerNonce, name, open);
        return ByteBuffer.allocate(5 + 2 * NONCE_BYTES + wrapped.length + sealed.length)
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
        byte version = from.get();
        int id = from.getInt();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "%s is sealed in form %d, this release opens %d"
                            .formatted(name, version, VERSION));
        }
        DataKey outer =
                keys.stream()
                        .filter(each -> each.id() == id)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "%s is sealed with key %08x, which is not in the data key file"
                                                        .formatted(name, id)));
        byte[] outerNonce = take(from, NONCE_BYTES);
        byte[] wrapped = take(from, KEY_BYTES + TAG_BYTES);
        byte[] innerNonce = take(from, NONCE_BYTES);
        byte[] inner = crypt(Cipher.DECRYPT_MODE, outer.key(), outerNonce, name, wrapped);
        return crypt(
                Cipher.DECRYPT_MODE, aes(inner), innerNonce, name, take(from, from.remaining()));
    }

    private static byte[] crypt(
            int mode, SecretKey key, byte[] nonce, ObjectKey name, byte[] text) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
            cipher.updateAAD(name.toString().getBytes(UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException(
                    "cannot encrypt or decrypt %s: wrong key, or altered data".formatted(name),
                    fault);
        }
    }

    private static SecretKey aes(byte[] raw) {
        return new SecretKeySpec(raw, "AES");
    }

    private static byte[] take(ByteBuffer from, int length) {
        byte[] taken = new byte[length];
        from.get(taken);
        return taken;
    }

    private byte[] randomBytes(int length) {
        byte[] made = new byte[length];
        random.nextBytes(made);
        return made;
    }
}
