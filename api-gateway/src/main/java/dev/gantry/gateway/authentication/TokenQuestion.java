package dev.gantry.gateway.authentication;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a webhook is asked about a token, and what its answer means.
 *
 * <p>Compat: {@code apiserver/plugin/pkg/authenticator/token/webhook}.
 *
 * @param audiences the gateway's own: a webhook that names none means these
 */
public record TokenQuestion(String token, List<String> audiences) {
    public ObjectNode tree() {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenReview");
        review.putObject("metadata");
        ArrayNode wanted = review.putObject("spec").put("token", token).putArray("audiences");
        audiences.forEach(wanted::add);
        return review;
    }

    /** Empty where it proves nothing. */
    public Optional<ProvenToken> proven(JsonNode answer) {
        JsonNode status = answer.path("status");
        String user = Resource.text(status.path("user"), "username");
        if (!status.path("authenticated").asBoolean(false) || user.isEmpty()) {
            return Optional.empty();
        }
        List<String> named = texts(status.path("audiences"));
        return Optional.of(
                new ProvenToken(
                        Identity.authenticated(
                                user,
                                Resource.text(status.path("user"), "uid"),
                                texts(status.path("user").path("groups")),
                                Caller.extraIn(status.path("user").path("extra"))),
                        named.isEmpty() ? audiences : named));
    }

    private static List<String> texts(JsonNode list) {
        List<String> found = new ArrayList<>();
        list.forEach(each -> found.add(each.asString("")));
        return found;
    }
}
