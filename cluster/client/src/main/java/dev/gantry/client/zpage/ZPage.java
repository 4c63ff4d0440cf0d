package dev.gantry.client.zpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.request.AcceptClause;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One page, in all forms that it is asked for.
 *
 * @param component whom it is about, such as {@code kube-scheduler}
 * @param kind what the object is: {@code Statusz} or {@code Flagz}
 * @param lines of the text, after its heading
 * @param fields of the object, after its metadata
 */
public record ZPage(String component, String kind, String lines, ObjectNode fields) {
    private static final String GROUP = "config.k8s.io";
    private static final List<String> VERSIONS = List.of("v1beta1", "v1alpha1");
    private static final List<String> FORM = List.of("g", "v", "as");
    private static final String TEXT = "text/plain";
    private static final List<String> TEXTS = List.of(TEXT, "text/*", "*/*");
    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";

    private static final String HEADING =
            """

            %s %s
            Warning: This endpoint is not meant to be machine parseable, has no formatting\
             compatibility guarantees and is for debugging purposes only.
            """;

    /** What is sent back. */
    public sealed interface Answer {
        record Page(String contentType, byte[] body) implements Answer {}

        record NotAcceptable(String message) implements Answer {}
    }

    /**
     * Text, unless the client names the object that it wants: a mere {@code application/json} names
     * none, so that nobody depends on a form without a version.
     *
     * @param accept the header; may be empty
     */
    public Answer answer(String accept) {
        if (accept.isBlank()) {
            return text();
        }
        for (AcceptClause clause : AcceptClause.all(accept)) {
            Optional<Answer> served = clause.quality() > 0 ? serve(clause) : Optional.empty();
            if (served.isPresent()) {
                return served.get();
            }
        }
        return new Answer.NotAcceptable(
                "only the following media types are accepted: "
                        + String.join(", ", JSON, YAML, TEXT));
    }

    private Optional<Answer> serve(AcceptClause clause) {
        boolean isNamed =
                clause.parameter("g").equals(GROUP)
                        && clause.parameter("as").equals(kind)
                        && VERSIONS.contains(clause.parameter("v"));
        String version = clause.parameter("v");
        if (isNamed) {
            return switch (clause.type()) {
                case JSON, "application/*", "*/*" -> Optional.of(json(version));
                case YAML -> Optional.of(yaml(version));
                default -> Optional.empty();
            };
        }
        boolean isPlain = FORM.stream().noneMatch(clause.parameters()::containsKey);
        return isPlain && TEXTS.contains(clause.type()) ? Optional.of(text()) : Optional.empty();
    }

    private Answer text() {
        String page = HEADING.formatted(component, kind.toLowerCase(Locale.ROOT)) + lines;
        return new Answer.Page(TEXT + "; charset=utf-8", page.getBytes(UTF_8));
    }

    private Answer json(String version) {
        String text = JsonMapper.shared().writeValueAsString(object(version)) + "\n";
        return new Answer.Page(JSON, text.getBytes(UTF_8));
    }

    private Answer yaml(String version) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        Object tree = JsonMapper.shared().convertValue(object(version), Map.class);
        return new Answer.Page(YAML, new Yaml(options).dump(tree).getBytes(UTF_8));
    }

    private ObjectNode object(String version) {
        ObjectNode object =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("kind", kind)
                        .put("apiVersion", GROUP + "/" + version);
        object.putObject("metadata").put("name", component);
        object.setAll(fields);
        return object;
    }
}
