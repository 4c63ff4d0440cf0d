package dev.gantry.state.discovery;

import dev.gantry.model.kind.Kind;
import dev.gantry.state.schema.KindName;
import java.util.List;

/** A resource of one group and version, as clients discover it. */
public record ServedResource(
        KindName kind,
        String plural,
        String singular,
        boolean isNamespaced,
        List<String> verbs,
        List<String> shortNames,
        List<String> categories,
        List<Subresource> subresources) {
    static final List<String> ALL_VERBS =
            List.of(
                    "create",
                    "delete",
                    "deletecollection",
                    "get",
                    "list",
                    "patch",
                    "update",
                    "watch");

    /**
     * Something below an object.
     *
     * @param kind of the bodies
     */
    public record Subresource(String name, KindName kind, List<String> verbs) {}

    /** A stored kind. */
    public static ServedResource of(Kind kind, List<String> verbs, List<Subresource> below) {
        return new ServedResource(
                KindName.of(kind),
                kind.plural(),
                kind.singular(),
                kind.isNamespaced(),
                verbs,
                kind.shortNames(),
                kind.categories(),
                below);
    }
}
