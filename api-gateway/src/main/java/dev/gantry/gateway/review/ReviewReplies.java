package dev.gantry.gateway.review;

import dev.gantry.authorization.PolicyRule;
import dev.gantry.authorization.Verdict;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The answers, as trees; the review that asked is given back with a status. */
public final class ReviewReplies {
    private ReviewReplies() {}

    /**
     * @param complaint what of the question was not understood; may be empty
     */
    public static ObjectNode access(Resource review, Verdict verdict, String complaint) {
        ObjectNode reply = started(review);
        ObjectNode status = reply.putObject("status");
        status.put("allowed", verdict.isAllowed());
        if (verdict instanceof Verdict.Denied) {
            status.put("denied", true);
        }
        if (!verdict.reason().isEmpty()) {
            status.put("reason", verdict.reason());
        }
        if (!complaint.isEmpty()) {
            status.put("evaluationError", complaint);
        }
        return reply;
    }

    /** Compat: a webhook among the authorizers does not say what it would allow. */
    public static ObjectNode rules(Resource review, List<PolicyRule> rules, boolean isComplete) {
        ObjectNode reply = started(review);
        ObjectNode status = reply.putObject("status");
        ArrayNode resources = status.putArray("resourceRules");
        ArrayNode paths = status.putArray("nonResourceRules");
        for (PolicyRule rule : rules) {
            (rule.paths().isEmpty() ? resources : paths).add(rule.toTree());
        }
        status.put("incomplete", !isComplete);
        if (!isComplete) {
            status.put(
                    "evaluationError", "webhook authorizer does not support user rule resolution");
        }
        return reply;
    }

    /** Compat: of all reviews, this one alone says when it was made. */
    public static ObjectNode self(Resource review, Caller caller, Instant now) {
        ObjectNode reply = started(review);
        reply.remove("spec");
        Resource.child(reply, "metadata").put("creationTimestamp", Conditions.timestamp(now));
        reply.putObject("status").set("userInfo", user(caller));
        return reply;
    }

    /**
     * @param proven empty where the token proves nothing
     * @param audiences those asked for that the token is meant for
     */
    public static ObjectNode token(
            Resource review, Optional<Caller> proven, List<String> audiences) {
        ObjectNode reply = started(review);
        ObjectNode status = reply.putObject("status");
        if (proven.isEmpty()) {
            status.putObject("user");
            status.put("error", "invalid bearer token");
            return reply;
        }
        status.put("authenticated", true);
        status.set("user", user(proven.get()));
        ArrayNode meant = status.putArray("audiences");
        audiences.forEach(meant::add);
        return reply;
    }

    private static ObjectNode started(Resource review) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.put("kind", review.kind()).put("apiVersion", review.apiVersion());
        ObjectNode metadata = reply.putObject("metadata");
        for (String field : new String[] {"name", "namespace"}) {
            String given = Resource.text(review.metadata(), field);
            if (!given.isEmpty()) {
                metadata.put(field, given);
            }
        }
        reply.set(
                "spec",
                review.spec() instanceof ObjectNode spec
                        ? spec.deepCopy()
                        : JsonNodeFactory.instance.objectNode());
        return reply;
    }

    private static ObjectNode user(Caller caller) {
        ObjectNode user = JsonNodeFactory.instance.objectNode();
        user.put("username", caller.user());
        if (!caller.uid().isEmpty()) {
            user.put("uid", caller.uid());
        }
        ArrayNode groups = user.putArray("groups");
        caller.groups().forEach(groups::add);
        if (!caller.extra().isEmpty()) {
            user.set("extra", caller.extraTree());
        }
        return user;
    }
}
