package dev.gantry.authorization;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the authorizers of an operator say about one request, as far as they were asked: for a
 * service that judges writes and has only roles and bindings itself.
 *
 * <p>Their text goes from the gateway to the state service with a request, and the questions back.
 *
 * @param isFinal whether nobody else is to be asked: roles and bindings are all there is
 */
public record Verdicts(boolean isFinal, Map<AskedAccess, Verdict> known) {
    private static final String SELECTION = "selection";

    /** Where no authorizers are configured. */
    public static final Verdicts OF_ROLES = new Verdicts(true, Map.of());

    /** Where some are, and were not asked yet. */
    public static final Verdicts NONE = new Verdicts(false, Map.of());

    public Optional<Verdict> find(AskedAccess asked) {
        return Optional.ofNullable(known.get(asked));
    }

    public Verdicts with(AskedAccess asked, Verdict verdict) {
        Map<AskedAccess, Verdict> more = new LinkedHashMap<>(known);
        more.put(asked, verdict);
        return new Verdicts(false, more);
    }

    public String toText() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        known.forEach(
                (asked, verdict) ->
                        all.add(
                                tree(asked)
                                        .put("allowed", verdict.isAllowed())
                                        .put("reason", verdict.reason())));
        return all.toString();
    }

    /** Of what {@link #toText} gave. Denials are told as no opinion: nobody is asked after them. */
    public static Verdicts of(String text) {
        Verdicts verdicts = NONE;
        for (JsonNode each : JsonMapper.shared().readTree(text)) {
            String reason = Resource.text(each, "reason");
            verdicts =
                    verdicts.with(
                            asked(each),
                            each.path("allowed").asBoolean(false)
                                    ? new Verdict.Allowed(reason)
                                    : new Verdict.NoOpinion(reason));
        }
        return verdicts;
    }

    public static String questions(Collection<AskedAccess> asked) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        asked.forEach(each -> all.add(tree(each)));
        return all.toString();
    }

    public static List<AskedAccess> questionsOf(String text) {
        List<AskedAccess> all = new ArrayList<>();
        JsonMapper.shared().readTree(text).forEach(each -> all.add(asked(each)));
        return all;
    }

    private static ObjectNode tree(AskedAccess asked) {
        Access access = asked.access();
        ObjectNode tree =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("account", asked.account())
                        .put("verb", access.verb());
        if (!access.isResource()) {
            return tree.put("path", access.path());
        }
        if (!access.selection().equals(Selection.EVERYTHING)) {
            tree.set(SELECTION, access.selection().tree());
        }
        return tree.put("group", access.group())
                .put("version", access.version())
                .put("resource", access.plural())
                .put("subresource", access.subresource())
                .put("namespace", access.namespace())
                .put("name", access.name());
    }

    private static AskedAccess asked(JsonNode tree) {
        return new AskedAccess(Resource.text(tree, "account"), access(tree));
    }

    private static Access access(JsonNode tree) {
        return tree.has("path")
                ? Access.path(Resource.text(tree, "verb"), Resource.text(tree, "path"))
                : Access.resource(tree, Selection.of(tree.path(SELECTION)));
    }
}
