package dev.gantry.state.secret;

import dev.gantry.model.meta.GroupResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What seals objects: by the first rule that concerns their resource, whose first provider seals;
 * all providers of all rules open.
 *
 * <p>Compat: {@code EncryptionConfiguration} of {@code apiserver.config.k8s.io/v1}, as
 * kube-apiserver takes it by {@code --encryption-provider-config}. For Secrets {@code identity} is
 * what seals without a configuration, the data key file: nothing stores a Secret in clear text.
 * Absent: {@code aescbc}, {@code secretbox} and the first version of {@code kms}.
 */
public record EncryptionConfiguration(List<EncryptionRule> rules) {
    public static final EncryptionConfiguration NONE = new EncryptionConfiguration(List.of());

    private static final String VERSION = "apiserver.config.k8s.io/v1";
    private static final String SOCKET = "unix://";
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s|m)");
    private static final Set<Integer> KEY_BYTES = Set.of(16, 24, 32);

    public sealed interface Provider {
        /**
         * A plugin that wraps keys.
         *
         * @param socket its path
         */
        record Kms(String name, String socket, Duration timeout) implements Provider {}

        /** AES keys, of which the first seals. */
        record AesGcm(List<byte[]> keys) implements Provider {}

        /** None; for what has to be sealed all the same, the data key file. */
        record Identity() implements Provider {}
    }

    /** Throws IllegalArgumentException, with a sentence, where it cannot be used. */
    public static EncryptionConfiguration of(JsonNode tree) {
        if (!text(tree, "apiVersion").equals(VERSION)
                || !text(tree, "kind").equals("EncryptionConfiguration")) {
            throw new IllegalArgumentException("expected an EncryptionConfiguration of " + VERSION);
        }
        List<EncryptionRule> rules = new ArrayList<>();
        Set<String> plugins = new HashSet<>();
        for (JsonNode each : tree.path("resources")) {
            rules.add(rule(each, "resources[%d]".formatted(rules.size()), plugins));
        }
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("resources: at least one item is required");
        }
        return new EncryptionConfiguration(List.copyOf(rules));
    }

    /** Whether objects of the resource are to be sealed, and not only those that have to be. */
    public boolean seals(GroupResource resource) {
        return rules.stream()
                .filter(each -> each.concerns(resource))
                .findFirst()
                .map(EncryptionRule::seals)
                .orElse(false);
    }

    private static EncryptionRule rule(JsonNode node, String at, Set<String> plugins) {
        List<String> names = new ArrayList<>();
        node.path("resources").forEach(each -> names.add(each.asString("")));
        List<Provider> providers = new ArrayList<>();
        for (JsonNode each : node.path("providers")) {
            Provider provider = provider(each, "%s.providers[%d]".formatted(at, providers.size()));
            if (provider instanceof Provider.Kms kms && !plugins.add(kms.name)) {
                throw new IllegalArgumentException("two KMS providers are named " + kms.name);
            }
            providers.add(provider);
        }
        if (names.isEmpty() || providers.isEmpty()) {
            throw new IllegalArgumentException(at + ": resources and providers must not be empty");
        }
        return new EncryptionRule(
                EncryptionRule.named(names, at + ".resources"), List.copyOf(providers));
    }

    private static Provider provider(JsonNode node, String at) {
        if (node.size() != 1) {
            throw new IllegalArgumentException(at + ": expected one provider");
        }
        String name = node.propertyNames().iterator().next();
        JsonNode found = node.path(name);
        return switch (name) {
            case "identity" -> new Provider.Identity();
            case "aesgcm" -> new Provider.AesGcm(keys(found, at + ".aesgcm"));
            case "kms" -> kms(found, at + ".kms");
            default ->
                    throw new IllegalArgumentException(
                            "%s: there is no provider \"%s\", only kms, aesgcm and identity"
                                    .formatted(at, name));
        };
    }

    private static List<byte[]> keys(JsonNode provider, String at) {
        List<byte[]> keys = new ArrayList<>();
        for (JsonNode each : provider.path("keys")) {
            byte[] key = decoded(text(each, "secret"), at);
            if (!KEY_BYTES.contains(key.length)) {
                throw new IllegalArgumentException(
                        "%s.keys[%d].secret: expected 16, 24 or 32 bytes in Base64, found %d"
                                .formatted(at, keys.size(), key.length));
            }
            keys.add(key);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(at + ".keys: at least one key is required");
        }
        return List.copyOf(keys);
    }

    private static byte[] decoded(String secret, String at) {
        try {
            return Base64.getDecoder().decode(secret);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(at + ".keys: a secret is not Base64", malformed);
        }
    }

    private static Provider.Kms kms(JsonNode provider, String at) {
        if (!text(provider, "apiVersion").equals("v2")) {
            throw new IllegalArgumentException(at + ".apiVersion: only v2 is supported");
        }
        String name = text(provider, "name");
        if (name.isEmpty() || name.contains(":")) {
            throw new IllegalArgumentException(at + ".name: required, without \":\"");
        }
        String endpoint = text(provider, "endpoint");
        if (!endpoint.startsWith(SOCKET) || endpoint.length() == SOCKET.length()) {
            throw new IllegalArgumentException(
                    "%s.endpoint: expected unix:///PATH, found \"%s\"".formatted(at, endpoint));
        }
        return new Provider.Kms(name, endpoint.substring(SOCKET.length()), timeout(provider, at));
    }

    private static Duration timeout(JsonNode provider, String at) {
        String text = text(provider, "timeout");
        if (text.isEmpty()) {
            return TIMEOUT;
        }
        Matcher time = TIME.matcher(text);
        if (!time.matches() || Long.parseLong(time.group(1)) == 0) {
            throw new IllegalArgumentException(
                    "%s.timeout: expected a positive time such as 3s, found \"%s\""
                            .formatted(at, text));
        }
        long amount = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
