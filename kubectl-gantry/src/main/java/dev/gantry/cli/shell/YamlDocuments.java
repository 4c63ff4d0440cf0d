package dev.gantry.cli.shell;

import dev.gantry.cli.shell.Documents.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import tools.jackson.databind.json.JsonMapper;

/**
 * The documents of a YAML text.
 *
 * <p>The parser is asked itself, as Jackson's reader of YAML knows neither aliases nor merge keys,
 * and takes a key that stands twice for the last one.
 */
final class YamlDocuments {
    private YamlDocuments() {}

    /**
     * @param source what the text is called in complaints
     */
    static List<Document> read(String text, String source) throws IOException {
        LoadSettings settings =
                LoadSettings.builder()
                        .setCodePointLimit(Integer.MAX_VALUE)
                        .setAllowDuplicateKeys(false)
                        .build();
        List<Document> documents = new ArrayList<>();
        try {
            for (Node each : new Compose(settings).composeAllFromString(text)) {
                int line = each.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
                Object value =
                        new StandardConstructor(settings)
                                .constructSingleDocument(Optional.of(each));
                documents.add(new Document(JsonMapper.shared().valueToTree(value), line));
            }
        } catch (MarkedYamlEngineException malformed) {
            throw new IOException(source + where(malformed) + malformed.getProblem(), malformed);
        } catch (YamlEngineException malformed) {
            throw new IOException(source + ": " + malformed.getMessage(), malformed);
        }
        return documents;
    }

    /**
     * Of a bracket that is never closed, where it was opened; else where reading came to an end.
     */
    private static String where(MarkedYamlEngineException malformed) {
        boolean isOpen = String.valueOf(malformed.getContext()).contains("flow");
        return (isOpen ? malformed.getContextMark() : Optional.<Mark>empty())
                .or(malformed::getProblemMark)
                .map(mark -> ", line %d: ".formatted(mark.getLine() + 1))
                .orElse(": ");
    }
}
