package dev.gantry.state.token;

import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a service account token says.
 *
 * <p>Compat: {@code pkg/serviceaccount/claims.go}.
 */
public final class Claims {
    /** What a pod's own token volume asks for: clients that never reread it get a year instead. */
    private static final long EXTENDED_ON_SECONDS = 3607;

    private static final long EXTENDED_SECONDS = 365L * 24 * 3600;

    private Claims() {}

    /**
     * Whom the token speaks for, and with whose life it ends.
     *
     * @param bound the Pod, Secret or Node it is bound to
     * @param node where the bound pod runs; its uid is empty where the node is gone
     */
    public record Subject(Resource account, Optional<Resource> bound, Optional<NodeName> node) {}

    /** A node as the claims name it. */
    public record NodeName(String name, String uid) {}

    /**
     * @param id unique to the token
     */
    public static ObjectNode of(
            Subject subject, TokenSpec spec, String issuer, String id, Instant now) {
        boolean isExtended =
                spec.expirationSeconds() == EXTENDED_ON_SECONDS
                        && subject.bound.filter(each -> each.kind().equals("Pod")).isPresent()
                        && spec.audiences().equals(java.util.List.of(issuer));
        long seconds = isExtended ? EXTENDED_SECONDS : spec.expirationSeconds();
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        ArrayNode audiences = claims.putArray("aud");
        spec.audiences().forEach(audiences::add);
        long issuedAt = now.getEpochSecond();
        claims.put("exp", issuedAt + seconds).put("iat", issuedAt).put("iss", issuer);
        claims.put("jti", id);
        ObjectNode own = claims.putObject("kubernetes.io");
        String namespace = subject.account.namespace();
        own.put("namespace", namespace);
        subject.node.ifPresent(each -> addNode(own, each));
        subject.bound.ifPresent(each -> addBound(own, each));
        own.putObject("serviceaccount")
                .put("name", subject.account.name())
                .put("uid", subject.account.uid().value());
        if (isExtended) {
            own.put("warnafter", issuedAt + spec.expirationSeconds());
        }
        claims.put("nbf", issuedAt);
        return claims.put(
                "sub", "system:serviceaccount:%s:%s".formatted(namespace, subject.account.name()));
    }

    private static void addBound(ObjectNode own, Resource bound) {
        String claim = bound.kind().toLowerCase(java.util.Locale.ROOT);
        own.putObject(claim).put("name", bound.name()).put("uid", bound.uid().value());
    }

    private static void addNode(ObjectNode own, NodeName node) {
        ObjectNode claim = own.putObject("node").put("name", node.name);
        if (!node.uid.isEmpty()) {
            claim.put("uid", node.uid);
        }
    }
}
