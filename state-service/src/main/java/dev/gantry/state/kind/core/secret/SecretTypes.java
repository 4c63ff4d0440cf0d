package dev.gantry.state.kind.core.secret;

import dev.gantry.state.codec.json.GoSyntax;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoValue;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each type of Secret must hold. Types that are not named here may hold anything. */
final class SecretTypes {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ACCOUNT = "kubernetes.io/service-account.name";

    private SecretTypes() {}

    static void check(Field secret) {
        Field data = secret.child("data");
        switch (secret.text("type")) {
            case "kubernetes.io/service-account-token" -> accountToken(secret);
            case "kubernetes.io/dockercfg" -> json(data.key(".dockercfg"));
            case "kubernetes.io/dockerconfigjson" -> json(data.key(".dockerconfigjson"));
            case "kubernetes.io/basic-auth" -> basicAuth(data);
            case "kubernetes.io/ssh-auth" -> nonEmpty(data.key("ssh-privatekey"));
            case "kubernetes.io/tls" ->
                    List.of("tls.crt", "tls.key").forEach(key -> present(data.key(key)));
            default -> {}
        }
    }

    private static void accountToken(Field secret) {
        nonEmpty(secret.child("metadata", "annotations").key(ACCOUNT));
    }

    private static void basicAuth(Field data) {
        Field user = data.key("username");
        Field password = data.key("password");
        if (!user.isSet() && !password.isSet()) {
            user.required("");
            password.required("");
        }
    }

    private static void json(Field entry) {
        if (!entry.isSet()) {
            entry.required("");
            return;
        }
        problemWith(entry.text())
                .ifPresent(why -> entry.invalidText("<secret contents redacted>", why));
    }

    private static Optional<String> problemWith(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (bytes.length == 0) {
                return Optional.of("unexpected end of JSON input");
            }
            JsonNode tree = JSON.readTree(bytes);
            return tree.isObject() || tree.isNull()
                    ? Optional.empty()
                    : Optional.of(
                            "json: cannot unmarshal %s into Go value of type map[string]interface {}"
                                    .formatted(GoValue.jsonKind(tree)));
        } catch (JacksonException malformed) {
            return Optional.of(GoSyntax.firstError(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException malformed) {
            return Optional.of("invalid JSON");
        }
    }

    private static void present(Field entry) {
        if (!entry.isSet()) {
            entry.required("");
        }
    }

    private static void nonEmpty(Field entry) {
        if (entry.isEmpty()) {
            entry.required("");
        }
    }
}
