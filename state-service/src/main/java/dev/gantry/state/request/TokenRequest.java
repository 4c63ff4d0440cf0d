package dev.gantry.state.request;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.token.Claims;
import dev.gantry.state.token.TokenSpec;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request for a token of an account, perhaps bound to a pod, a secret or a node.
 *
 * <p>Compat: {@code pkg/registry/core/serviceaccount/storage/token.go}.
 *
 * @param issuer who signs; also the audience of a request that names none
 */
public record TokenRequest(Call call, String issuer) {
    /** What the body asks for. */
    public Judged<TokenSpec> spec(ObjectNode body) {
        Resource request = new Resource(body);
        TokenSpec spec = TokenSpec.of(request, issuer);
        return Judged.unless(misplaced(request).or(spec::invalid), spec);
    }

    private Optional<Refusal> misplaced(Resource request) {
        if (!request.name().isEmpty() && !request.name().equals(call.target().name())) {
            return badRequest(
                    "the name of the object (%s) does not match the name on the URL (%s)"
                            .formatted(request.name(), call.target().name()));
        }
        if (!request.namespace().isEmpty()
                && !request.namespace().equals(call.target().namespace())) {
            return badRequest(
                    "the namespace of the provided object does not match the namespace sent on the"
                            + " request");
        }
        return Optional.empty();
    }

    /** Whom the token speaks for, and with whose life it ends. */
    public Judged<Claims.Subject> subject(Resource account, TokenSpec spec) {
        if (spec.bound().isEmpty()) {
            return Judged.of(new Claims.Subject(account, Optional.empty(), Optional.empty()));
        }
        TokenSpec.Bound reference = spec.bound().get();
        return key(account, reference)
                .then(this::found)
                .then(bound -> Judged.unless(mismatch(account, reference, bound), bound))
                .map(bound -> new Claims.Subject(account, Optional.of(bound), nodeOf(bound)));
    }

    private static Judged<ObjectKey> key(Resource account, TokenSpec.Bound reference) {
        return switch (reference.apiVersion() + " " + reference.kind()) {
            case "v1 Pod" -> Judged.of(key(Kinds.POD, account.namespace(), reference));
            case "v1 Secret" -> Judged.of(key(Kinds.SECRET, account.namespace(), reference));
            case "v1 Node" -> Judged.of(key(Kinds.NODE, "", reference));
            default ->
                    Judged.refused(
                            new Refusal.BadRequest(
                                    "cannot bind token to object of type %s, Kind=%s"
                                            .formatted(reference.apiVersion(), reference.kind())));
        };
    }

    private static ObjectKey key(Kind kind, String namespace, TokenSpec.Bound reference) {
        return new ObjectKey(kind.resource(), namespace, reference.name());
    }

    private Judged<Resource> found(ObjectKey key) {
        return Judged.present(
                call.view().get(key).map(StoredObject::decode),
                new Refusal.Missing(key.resource(), key.name()));
    }

    private static Optional<Refusal> mismatch(
            Resource account, TokenSpec.Bound reference, Resource bound) {
        if (!reference.uid().isEmpty() && !reference.uid().equals(bound.uid().value())) {
            return Optional.of(
                    new Refusal.Conflict(
                            new GroupResource("", reference.kind()),
                            reference.name(),
                            "the UID in the bound object reference ("
                                    + reference.uid()
                                    + ") does not match the UID in record. The object might have"
                                    + " been deleted and then recreated"));
        }
        boolean runsAsOther =
                bound.kind().equals("Pod")
                        && !Resource.text(bound.spec(), "serviceAccountName")
                                .equals(account.name());
        return runsAsOther
                ? badRequest(
                        "cannot bind token for serviceaccount \""
                                + account.name()
                                + "\" to pod running with different serviceaccount name.")
                : Optional.empty();
    }

    private Optional<Claims.NodeName> nodeOf(Resource bound) {
        String node = bound.kind().equals("Pod") ? Resource.text(bound.spec(), "nodeName") : "";
        if (node.isEmpty()) {
            return Optional.empty();
        }
        ObjectKey key = new ObjectKey(Resources.NODES, "", node);
        String uid = call.view().get(key).map(each -> each.uid().value()).orElse("");
        return Optional.of(new Claims.NodeName(node, uid));
    }

    /**
     * The body of the reply.
     *
     * @param body of the request, as admitted
     */
    public ObjectNode reply(ObjectNode body, TokenSpec spec, String token, Instant now) {
        ObjectNode reply = body.objectNode();
        reply.put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
        reply.putObject("metadata")
                .put("name", call.target().name())
                .put("namespace", call.target().namespace())
                .put("creationTimestamp", Conditions.timestamp(now));
        ObjectNode written = reply.putObject("spec");
        ArrayNode audiences = written.putArray("audiences");
        spec.audiences().forEach(audiences::add);
        written.put("expirationSeconds", spec.expirationSeconds());
        if (body.path("spec").path("boundObjectRef").isObject()) {
            written.set("boundObjectRef", body.path("spec").path("boundObjectRef"));
        } else {
            written.putNull("boundObjectRef");
        }
        reply.putObject("status")
                .put("token", token)
                .put(
                        "expirationTimestamp",
                        Conditions.timestamp(now.plusSeconds(spec.expirationSeconds())));
        return reply;
    }

    private static Optional<Refusal> badRequest(String message) {
        return Optional.of(new Refusal.BadRequest(message));
    }
}
