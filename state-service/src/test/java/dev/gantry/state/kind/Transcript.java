package dev.gantry.state.kind;

import dev.gantry.model.kind.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Examples of one kind as text: a base object, and cases that change it.
 *
 * <pre>
 * === base
 * (YAML)
 * === create: a sentence
 * (YAML laid over the base)
 * --- errors
 * (one a line, none where it is valid)
 * === warnings: a sentence
 * (YAML laid over the base)
 * --- warnings
 * (one a line)
 * === defaults: a sentence
 * (YAML laid over the base)
 * --- becomes
 * (YAML of the whole object)
 * </pre>
 *
 * Further verbs are {@code update} and {@code status}: the YAML is laid over the stored base; with
 * a section {@code --- stored} over the base that is stored, too.
 */
public record Transcript(Kind kind, ObjectNode base, List<Case> cases) {
    private static final YAMLMapper YAML = new YAMLMapper();

    /** One example; {@code stored} is what is laid over the base before it is stored. */
    public record Case(
            Kind kind,
            String verb,
            String title,
            ObjectNode over,
            ObjectNode stored,
            String expected) {
        @Override
        public String toString() {
            return kind.kindName() + " " + verb + ": " + title;
        }
    }

    public static Transcript of(Kind kind) {
        String text = read("/kinds/" + kind.plural() + ".txt");
        ObjectNode base = JsonNodeFactory.instance.objectNode();
        List<Case> cases = new ArrayList<>();
        for (String block : text.split("(?m)^=== ")) {
            if (block.isBlank()) {
                continue;
            }
            int end = block.indexOf('\n');
            String heading = block.substring(0, end).strip();
            String body = block.substring(end + 1);
            if (heading.equals("base")) {
                base = yaml(body);
            } else {
                cases.add(parse(kind, heading, body));
            }
        }
        return new Transcript(kind, base, cases);
    }

    private static Case parse(Kind kind, String heading, String body) {
        int colon = heading.indexOf(':');
        String[] sections = body.split("(?m)^--- ");
        String stored = "";
        String expected = "";
        for (String section : List.of(sections).subList(1, sections.length)) {
            int end = section.indexOf('\n');
            String name = section.substring(0, end < 0 ? section.length() : end).strip();
            String text = end < 0 ? "" : section.substring(end + 1);
            if (name.equals("stored")) {
                stored = text;
            } else {
                expected = text;
            }
        }
        return new Case(
                kind,
                heading.substring(0, colon),
                heading.substring(colon + 1).strip(),
                yaml(sections[0]),
                yaml(stored),
                expected.strip());
    }

    public static ObjectNode yaml(String text) {
        return text.isBlank()
                ? JsonNodeFactory.instance.objectNode()
                : (ObjectNode) YAML.readTree(text);
    }

    /** A JSON merge patch: null removes, objects are merged, all else replaces. */
    public static ObjectNode overlay(ObjectNode base, ObjectNode over) {
        ObjectNode result = base.deepCopy();
        over.properties()
                .forEach(
                        each -> {
                            JsonNode value = each.getValue();
                            JsonNode before = result.path(each.getKey());
                            if (value.isNull()) {
                                result.remove(each.getKey());
                            } else if (value instanceof ObjectNode changes
                                    && before instanceof ObjectNode old) {
                                result.set(each.getKey(), overlay(old, changes));
                            } else {
                                result.set(each.getKey(), value.deepCopy());
                            }
                        });
        return result;
    }

    private static String read(String resource) {
        try (InputStream in = Transcript.class.getResourceAsStream(resource)) {
            byte[] bytes = Objects.requireNonNull(in, resource).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
