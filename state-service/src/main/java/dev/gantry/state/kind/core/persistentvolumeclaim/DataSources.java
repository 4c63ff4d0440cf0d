package dev.gantry.state.kind.core.persistentvolumeclaim;

import dev.gantry.model.meta.Resource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The old and the new field of a claim's origin say the same.
 *
 * <p>Compat: {@code EnforceDataSourceBackwardsCompatibility} and {@code NormalizeDataSources}: the
 * old field holds claims and snapshots only, others are dropped; a new one in another namespace is
 * dropped, since {@code CrossNamespaceVolumeDataSource} is off; then each field fills the other.
 */
final class DataSources {
    private static final String OLD = "dataSource";
    private static final String NEW = "dataSourceRef";

    private DataSources() {}

    /**
     * @param stored the spec that is updated; one with an origin may go on with any
     */
    static void normalize(ObjectNode spec, JsonNode stored) {
        boolean hadAny = stored.hasNonNull(OLD) || stored.hasNonNull(NEW);
        if (!hadAny && spec.path(OLD).isObject() && !isClaimOrSnapshot(spec.path(OLD))) {
            spec.remove(OLD);
        }
        if (!Resource.text(spec.path(NEW), "namespace").isEmpty()) {
            spec.remove(NEW);
        }
        if (spec.path(OLD).isObject() && !spec.hasNonNull(NEW)) {
            spec.set(NEW, spec.path(OLD).deepCopy());
        } else if (spec.path(NEW).isObject() && !spec.hasNonNull(OLD)) {
            spec.set(OLD, spec.path(NEW).deepCopy());
        }
    }

    private static boolean isClaimOrSnapshot(JsonNode source) {
        String group = Resource.text(source, "apiGroup");
        String kind = Resource.text(source, "kind");
        return (group.isEmpty() && kind.equals("PersistentVolumeClaim"))
                || (group.equals("snapshot.storage.k8s.io") && kind.equals("VolumeSnapshot"));
    }
}
