package dev.gantry.state.secret.kms;

import java.util.Optional;

/**
 * What a plugin says of itself.
 *
 * @param keyId the key with which it wraps now
 */
public record KmsStatus(String version, String healthz, String keyId) {
    /** Why nothing can be sealed with it. Compat: {@code isKMSv2ProviderHealthy}. */
    public Optional<String> objection() {
        if (!healthz.equals("ok")) {
            return Optional.of("got unexpected healthz status: " + healthz);
        }
        if (!version.equals("v2") && !version.equals("v2beta1")) {
            return Optional.of("expected KMS API version v2, got " + version);
        }
        return keyId.isEmpty() ? Optional.of("it names no key_id") : Optional.empty();
    }
}
