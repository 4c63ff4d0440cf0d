package dev.gantry.scheduler.snapshot.volume;

import dev.gantry.model.meta.Resource;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What a volume says of itself and a claim of the volume that it wants, in the same fields.
 *
 * @param className empty for volumes without a class
 */
public record VolumeTraits(
        String className,
        SortedSet<String> accessModes,
        String volumeMode,
        String attributesClass) {
    private static final String BETA_CLASS = "volume.beta.kubernetes.io/storage-class";

    static VolumeTraits of(Resource object) {
        JsonNode spec = object.spec();
        String mode = Resource.text(spec, "volumeMode");
        return new VolumeTraits(
                classOf(object),
                texts(spec.path("accessModes")),
                mode.isEmpty() ? "Filesystem" : mode,
                Resource.text(spec, "volumeAttributesClassName"));
    }

    /** Compat: the annotation of old goes before the field. */
    private static String classOf(Resource object) {
        String old = object.annotations().get(BETA_CLASS);
        return old == null ? Resource.text(object.spec(), "storageClassName") : old;
    }

    private static SortedSet<String> texts(JsonNode list) {
        SortedSet<String> found = new TreeSet<>();
        list.forEach(each -> found.add(each.asString("")));
        return found;
    }
}
