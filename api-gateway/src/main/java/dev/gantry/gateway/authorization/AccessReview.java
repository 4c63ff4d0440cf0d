package dev.gantry.gateway.authorization;

import dev.gantry.authorization.Access;
import dev.gantry.authorization.AuthorizationMode;
import dev.gantry.authorization.Verdict;
import dev.gantry.expression.CelBudget;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a webhook is asked about an access, and what its answer means.
 *
 * <p>Compat: {@code apiserver/plugin/pkg/authorizer/webhook}.
 */
public record AccessReview(ObjectNode spec) {
    public static AccessReview of(Caller caller, Access access) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        if (access.isResource()) {
            spec.set("resourceAttributes", resource(access));
        } else {
            put(spec.putObject("nonResourceAttributes"), "path", access.path());
            put((ObjectNode) spec.path("nonResourceAttributes"), "verb", access.verb());
        }
        put(spec, "user", caller.user());
        ArrayNode groups = spec.putArray("groups");
        caller.groups().forEach(groups::add);
        spec.set("extra", caller.extraTree());
        put(spec, "uid", caller.uid());
        return new AccessReview(spec);
    }

    /**
     * @param version of the review, as the webhook speaks it
     */
    public ObjectNode tree(String version) {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("apiVersion", "authorization.k8s.io/" + version)
                .put("kind", "SubjectAccessReview");
        review.putObject("metadata");
        review.set("spec", version.equals("v1beta1") ? former() : spec);
        return review;
    }

    /** Compat: {@code v1SpecToV1beta1Spec}: another name for groups, and no selectors. */
    private ObjectNode former() {
        ObjectNode former = spec.deepCopy();
        former.set("group", former.remove("groups"));
        if (former.path("resourceAttributes") instanceof ObjectNode resource) {
            resource.remove(List.of("fieldSelector", "labelSelector"));
        }
        return former;
    }

    /** The verdict where the webhook is not asked. */
    public Optional<Verdict> withoutAsking(WebhookSettings settings) {
        var budget = new CelBudget(CelBudget.ALL);
        boolean isUnclear = false;
        for (MatchCondition each : settings.conditions()) {
            switch (each.judge(spec, budget)) {
                case FAILS -> {
                    return Optional.of(AuthorizationMode.ABSTAINS);
                }
                case UNCLEAR -> isUnclear = true;
                case HOLDS -> {}
            }
        }
        return isUnclear ? Optional.of(failure(settings)) : Optional.empty();
    }

    public static Verdict verdict(JsonNode answer) {
        JsonNode status = answer.path("status");
        String reason = Resource.text(status, "reason");
        boolean isAllowed = status.path("allowed").asBoolean(false);
        boolean isDenied = status.path("denied").asBoolean(false);
        if (isDenied) {
            return new Verdict.Denied(reason);
        }
        return isAllowed ? new Verdict.Allowed(reason) : new Verdict.NoOpinion(reason);
    }

    /** Where the webhook gave no answer. */
    public static Verdict failure(WebhookSettings settings) {
        return settings.deniesOnFailure() ? new Verdict.Denied("") : AuthorizationMode.ABSTAINS;
    }

    private static ObjectNode resource(Access access) {
        ObjectNode resource = JsonNodeFactory.instance.objectNode();
        put(resource, "namespace", access.namespace());
        put(resource, "verb", access.verb());
        put(resource, "group", access.group());
        put(resource, "version", access.version());
        put(resource, "resource", access.plural());
        put(resource, "subresource", access.subresource());
        put(resource, "name", access.name());
        SelectorAttributes.put(resource, access.selection());
        return resource;
    }

    /** Compat: they are there even where they are empty, for expressions. */
    private static void put(ObjectNode target, String field, String value) {
        target.put(field, value);
    }
}
