package dev.gantry.state.openapi;

import dev.gantry.model.fault.Bug;
import dev.gantry.state.schema.Field;
import dev.gantry.state.schema.StructType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Descriptions of fields that hold a type: the models say nothing about those. A word per line: the
 * name of a field, or of a type for its fields of any name, and a sentence.
 */
final class OwnWords {
    private static final Map<String, String> WORDS = read();

    private OwnWords() {}

    /** Where there is no word of our own either, what the type says of itself must do. */
    static String of(Field field) {
        String type = field.struct().map(StructType::simpleName).orElse("");
        String said = WORDS.getOrDefault(type, WORDS.getOrDefault(field.name(), ""));
        return said.isEmpty()
                ? field.struct().map(each -> Descriptions.of(each).ofType()).orElse("")
                : said;
    }

    private static Map<String, String> read() {
        InputStream found = OwnWords.class.getResourceAsStream("words.txt");
        Bug.unless(found != null, "words.txt is not in the jar");
        Map<String, String> words = new TreeMap<>();
        try (var lines = new BufferedReader(new InputStreamReader(found, StandardCharsets.UTF_8))) {
            lines.lines()
                    .forEach(
                            line -> {
                                int space = line.indexOf(' ');
                                words.put(line.substring(0, space), line.substring(space + 1));
                            });
        } catch (IOException unreadable) {
            throw new Bug("words.txt cannot be read", unreadable);
        }
        return words;
    }
}
