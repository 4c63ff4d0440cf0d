package dev.gantry.state.secret.kms;

import java.util.Optional;
import java.util.SortedMap;

/**
 * A key that only a plugin can open, and what it wants to be told then. Stands beside everything
 * that is sealed with it.
 *
 * @param keyId which of the plugin's keys wraps it
 */
public record WrappedKey(byte[] ciphertext, String keyId, SortedMap<String, byte[]> annotations) {
    private static final int LONGEST = 1 << 10;
    private static final int LONGEST_ANNOTATIONS = 32 << 10;

    /** Why it is not one to be stored. Compat: {@code kmsv2.validateEncryptedObject}. */
    public Optional<String> objection() {
        if (keyId.isEmpty() || keyId.length() > LONGEST) {
            return Optional.of("its key_id has %d characters".formatted(keyId.length()));
        }
        if (ciphertext.length == 0 || ciphertext.length > LONGEST) {
            return Optional.of("its ciphertext has %d bytes".formatted(ciphertext.length));
        }
        int bytes =
                annotations.entrySet().stream()
                        .mapToInt(each -> each.getKey().length() + each.getValue().length)
                        .sum();
        return bytes > LONGEST_ANNOTATIONS
                ? Optional.of("its annotations have %d bytes".formatted(bytes))
                : Optional.empty();
    }
}
