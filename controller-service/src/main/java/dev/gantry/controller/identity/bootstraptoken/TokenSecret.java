package dev.gantry.controller.identity.bootstraptoken;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;

/** A Secret that holds a bootstrap token. */
record TokenSecret(Resource object) {
    static final String NAMESPACE = "kube-system";
    private static final String TYPE = "bootstrap.kubernetes.io/token";
    private static final String PREFIX = "bootstrap-token-";

    static boolean isOne(Resource secret) {
        return secret.namespace().equals(NAMESPACE)
                && Resource.text(secret.tree(), "type").equals(TYPE);
    }

    ObjectKey key() {
        return object.key(Resources.SECRETS);
    }

    String id() {
        return value("token-id");
    }

    String secret() {
        return value("token-secret");
    }

    /** Empty where it never ends. Compat: a time that cannot be read is over. */
    Optional<Instant> expiry() {
        String expiration = value("expiration");
        if (expiration.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(expiration).toInstant());
        } catch (DateTimeException malformed) {
            return Optional.of(Instant.EPOCH);
        }
    }

    boolean signs(Instant now) {
        return !object.isBeingDeleted()
                && object.name().equals(PREFIX + id())
                && !secret().isEmpty()
                && expiry().map(now::isBefore).orElse(true)
                && value("usage-bootstrap-signing").equals("true");
    }

    private String value(String name) {
        try {
            byte[] value =
                    Base64.getDecoder().decode(Resource.text(object.tree().path("data"), name));
            return new String(value, UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }
}
