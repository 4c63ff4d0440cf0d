package dev.gantry.state.shell.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.meta.ObjectKey;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in Galois counter mode. The object's name is authenticated along with what is sealed. */
final class AesGcm {
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private AesGcm() {}

    static byte[] seal(SecretKey key, byte[] nonce, ObjectKey name, byte[] open) {
        return crypt(Cipher.ENCRYPT_MODE, key, nonce, name, open);
    }

    static byte[] open(SecretKey key, byte[] nonce, ObjectKey name, byte[] sealed) {
        return crypt(Cipher.DECRYPT_MODE, key, nonce, name, sealed);
    }

    static SecretKey key(byte[] raw) {
        return new SecretKeySpec(raw, "AES");
    }

    static byte[] random(int length) {
        byte[] made = new byte[length];
        RANDOM.nextBytes(made);
        return made;
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
}
