package dev.gantry.state.ingest;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.effect.Effect;
import dev.gantry.model.effect.Effect.Target;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.log.StoredObject;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Binds volumes to claims, and tells claims where a volume is to be made for them.
 *
 * <p>Compat: claim and volume end as the scheduler and the volume binder of upstream leave them
 * together, only that both change at once. Both must be as the scheduler saw them, to the revision.
 */
final class VolumeEffects {
    private static final String BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
    private static final String COMPLETED = "pv.kubernetes.io/bind-completed";
    private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

    private VolumeEffects() {}

    static Optional<String> bind(Effect.BindVolume effect, Draft draft) {
        Optional<StoredObject> claim = find(Kinds.PERSISTENT_VOLUME_CLAIM, effect.claim(), draft);
        Optional<StoredObject> volume = find(Kinds.PERSISTENT_VOLUME, effect.volume(), draft);
        if (claim.isEmpty() || volume.isEmpty()) {
            Target gone = claim.isEmpty() ? effect.claim() : effect.volume();
            return Optional.of(noMore(claim.isEmpty(), gone));
        }
        Resource claimTree = claim.get().decode();
        Resource volumeTree = volume.get().decode();
        if (areBound(claimTree, volumeTree)) {
            return Optional.empty();
        }
        Optional<String> refusal = refusal(effect, claimTree, volumeTree);
        if (refusal.isPresent()) {
            return refusal;
        }
        give(volumeTree, claimTree, draft.now());
        take(claimTree, volumeTree);
        draft.putAll(volume.get(), volumeTree);
        draft.putAll(claim.get(), claimTree);
        return Optional.empty();
    }

    static Optional<String> select(Effect.SelectNode effect, Draft draft) {
        Optional<StoredObject> stored = find(Kinds.PERSISTENT_VOLUME_CLAIM, effect.claim(), draft);
        if (stored.isEmpty()) {
            return Optional.of(noMore(true, effect.claim()));
        }
        Resource claim = stored.get().decode();
        String before = claim.annotations().getOrDefault(SELECTED_NODE, "");
        if (before.equals(effect.node())) {
            return Optional.empty();
        }
        if (claim.isBeingDeleted() || effect.claim().isAnsweredBy(claim.revision())) {
            return Optional.of(changed("persistentvolumeclaim", effect.claim()));
        }
        annotations(claim).put(SELECTED_NODE, effect.node());
        draft.putAll(stored.get(), claim);
        return Optional.empty();
    }

    private static Optional<String> refusal(
            Effect.BindVolume effect, Resource claim, Resource volume) {
        if (claim.isBeingDeleted() || effect.claim().isAnsweredBy(claim.revision())) {
            return Optional.of(changed("persistentvolumeclaim", effect.claim()));
        }
        if (volume.isBeingDeleted() || effect.volume().isAnsweredBy(volume.revision())) {
            return Optional.of(changed("persistentvolume", effect.volume()));
        }
        String other = Resource.text(claim.spec(), "volumeName");
        if (!other.isEmpty() && !other.equals(volume.name())) {
            return Optional.of(
                    "persistentvolumeclaim %s has volume %s"
                            .formatted(effect.claim().path(), other));
        }
        JsonNode ref = volume.spec().path("claimRef");
        boolean isTakenByAnother =
                ref.isObject()
                        && !(Resource.text(ref, "namespace").equals(claim.namespace())
                                && Resource.text(ref, "name").equals(claim.name()));
        return isTakenByAnother
                ? Optional.of("persistentvolume %s is taken".formatted(volume.name()))
                : Optional.empty();
    }

    private static boolean areBound(Resource claim, Resource volume) {
        return Resource.text(claim.spec(), "volumeName").equals(volume.name())
                && Resource.text(volume.spec().path("claimRef"), "uid").equals(claim.uid().value())
                && claim.annotations().containsKey(COMPLETED);
    }

    /** A volume that was set aside for the claim by hand is not marked as the binder's work. */
    private static void give(Resource volume, Resource claim, Instant now) {
        ObjectNode spec = Resource.child(volume.tree(), "spec");
        if (!spec.has("claimRef")) {
            annotations(volume).put(BY_CONTROLLER, "yes");
        }
        Resource.child(spec, "claimRef")
                .put("kind", "PersistentVolumeClaim")
                .put("namespace", claim.namespace())
                .put("name", claim.name())
                .put("uid", claim.uid().value())
                .put("apiVersion", "v1")
                .put("resourceVersion", claim.revision().toString());
        Resource.child(volume.tree(), "status")
                .put("phase", "Bound")
                .put("lastPhaseTransitionTime", Conditions.timestamp(now));
    }

    private static void take(Resource claim, Resource volume) {
        ObjectNode spec = Resource.child(claim.tree(), "spec");
        if (Resource.text(spec, "volumeName").isEmpty()) {
            annotations(claim).put(BY_CONTROLLER, "yes");
        }
        spec.put("volumeName", volume.name());
        annotations(claim).put(COMPLETED, "yes");
        ObjectNode status = Resource.child(claim.tree(), "status");
        status.put("phase", "Bound");
        status.set("accessModes", volume.spec().path("accessModes").deepCopy());
        status.set("capacity", volume.spec().path("capacity").deepCopy());
        String attributes = Resource.text(volume.spec(), "volumeAttributesClassName");
        if (!attributes.isEmpty()) {
            status.put("currentVolumeAttributesClassName", attributes);
        }
    }

    private static Optional<StoredObject> find(Kind kind, Target target, Draft draft) {
        return draft.get(kind.resource(), target.namespace(), target.name())
                .filter(each -> each.uid().equals(target.uid()));
    }

    private static ObjectNode annotations(Resource object) {
        return Resource.child(object.mutableMetadata(), "annotations");
    }

    private static String noMore(boolean isClaim, Target target) {
        String kind = isClaim ? "persistentvolumeclaim" : "persistentvolume";
        return "%s %s is no more".formatted(kind, target.path());
    }

    private static String changed(String kind, Target target) {
        return "%s %s has changed since revision %s"
                .formatted(kind, target.path(), target.revision());
    }
}
