package dev.gantry.state.openapi;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Where the two versions of OpenAPI differ in how they write a type. */
enum Dialect {
    V2("#/definitions/"),
    V3("#/components/schemas/");

    private final String references;

    Dialect(String references) {
        this.references = references;
    }

    /** {@code definition} with its leading {@code io.k8s.}. */
    String reference(String definition) {
        return references + definition;
    }

    /** The definitions that are referred to anywhere in a document. */
    Set<String> referencesIn(JsonNode document) {
        Set<String> found = new TreeSet<>();
        collect(document, found);
        return found;
    }

    private void collect(JsonNode node, Set<String> found) {
        JsonNode reference = node.path("$ref");
        if (reference.isString() && reference.asString().startsWith(references)) {
            found.add(reference.asString().substring(references.length()));
        }
        node.forEach(each -> collect(each, found));
    }
}
