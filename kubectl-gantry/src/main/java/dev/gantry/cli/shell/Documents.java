package dev.gantry.cli.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/**
 * The documents of a text, YAML or JSON, and the lines on which they begin.
 *
 * <p>Compat: what begins with a brace is read as JSON, where tabs may indent; only what is none is
 * taken for YAML.
 */
final class Documents {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private Documents() {}

    /**
     * @param line counted from 1
     */
    record Document(JsonNode tree, int line) {}

    /**
     * @param source what the text is called in complaints
     */
    static List<Document> read(InputStream in, String source) throws IOException {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        if (!text.stripLeading().startsWith("{")) {
            return YamlDocuments.read(text, source);
        }
        try {
            return json(text);
        } catch (JacksonException noJson) {
            try {
                return YamlDocuments.read(text, source);
            } catch (IOException noYamlEither) {
                throw new IOException(
                        "%s, line %d: %s"
                                .formatted(
                                        source,
                                        noJson.getLocation().getLineNr(),
                                        noJson.getOriginalMessage()),
                        noYamlEither);
            }
        }
    }

    private static List<Document> json(String text) {
        List<Document> documents = new ArrayList<>();
        try (MappingIterator<JsonNode> all = JSON.readerFor(JsonNode.class).readValues(text)) {
            while (all.hasNextValue()) {
                int line = all.parser().currentTokenLocation().getLineNr();
                documents.add(new Document(all.nextValue(), line));
            }
        }
        return documents;
    }
}
