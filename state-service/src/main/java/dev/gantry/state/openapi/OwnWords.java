package dev.gantry.state.openapi;

import dev.gantry.model.fault.Bug;
import dev.gantry.state.schema.Field;
import dev.gantry.state.schema.StructType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Descriptions of fields that hold a type: the models say nothing about those. A word per line: the
 * name of a field, with its type before it where that matters, or of a type for its fields of any
 * name, and a sentence.
 */
final class OwnWords {
    private static final Map<String, String> WORDS = read();

    private OwnWords() {}

    /** Where there is no word of our own either, what the type says of itself must do. */
    static String of(StructType owner, Field field) {
        String type = field.struct().map(StructType::simpleName).orElse("");
        String own = owner.simpleName() + "." + field.name();
        String said =
                WORDS.getOrDefault(
                        own, WORDS.getOrDefault(type, WORDS.getOrDefault(field.name(), "")));
        return said.isEmpty()
                ? field.struct().map(each -> Descriptions.of(each).ofType()).orElse("")
                : said;
    }

    private static Map<String, String> read() {
        Map<String, String> words = new TreeMap<>();
        for (String line : lines("words.txt")) {
            int space = line.indexOf(' ');
            words.put(line.substring(0, space), line.substring(space + 1));
        }
        return words;
    }

    /** Of a file beside this class. */
    static List<String> lines(String file) {
        InputStream found = OwnWords.class.getResourceAsStream(file);
        Bug.unless(found != null, "%s is not in the jar", file);
        try (var in = new BufferedReader(new InputStreamReader(found, StandardCharsets.UTF_8))) {
            return in.lines().toList();
        } catch (IOException unreadable) {
            throw new Bug(file + " cannot be read", unreadable);
        }
    }
}
