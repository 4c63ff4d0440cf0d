package dev.gantry.state.discovery;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.schema.GroupVersionKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A resource of one group and version, as clients discover it.
 *
 * @param returnsDeletedObject what answers a deletion: the object, or only how it went
 */
public record ServedResource(
        GroupVersionKind kind,
        String plural,
        String singular,
        boolean isNamespaced,
        List<String> verbs,
        List<String> shortNames,
        List<String> categories,
        List<Subresource> subresources,
        boolean returnsDeletedObject) {
    /**
     * Something below an object.
     *
     * @param kind of the bodies
     */
    public record Subresource(String name, GroupVersionKind kind, List<String> verbs) {}

    public GroupResource resource() {
        return new GroupResource(kind.group(), plural);
    }

    public static ServedResource of(ResourceDefinition definition, ServedVersion version) {
        GroupVersionKind kind = GroupVersionKind.of(version.kind());
        List<Subresource> below = new ArrayList<>();
        for (var each : definition.in(version).subresources()) {
            below.add(new Subresource(each.name(), each.body(kind), each.verbs()));
        }
        return new ServedResource(
                kind,
                version.kind().plural(),
                definition.aliases().singular(),
                version.kind().isNamespaced(),
                definition.verbs(),
                definition.aliases().shortNames(),
                definition.aliases().categories(),
                below,
                version.strategy().returnsDeletedObject());
    }
}
