package dev.gantry.state.admission.plugin;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.MutatingPlugin;
import java.util.Comparator;
import java.util.Optional;

/**
 * A claim that names no class gets the default one. Compat: {@code
 * storage/storageclass/setdefault}; of several defaults the newest counts, then the first by name.
 */
final class DefaultStorageClass implements MutatingPlugin {
    private static final String IS_DEFAULT = "storageclass.kubernetes.io/is-default-class";
    private static final String WAS_DEFAULT = "storageclass.beta.kubernetes.io/is-default-class";
    private static final String CLASS = "volume.beta.kubernetes.io/storage-class";

    @Override
    public Optional<Refusal> admit(AdmissionRequest request, ClusterView view) {
        if (request.creates(Kinds.PERSISTENT_VOLUME_CLAIM) && !hasClass(request.resource())) {
            view.list(Resources.STORAGE_CLASSES, "").stream()
                    .filter(DefaultStorageClass::isDefault)
                    .min(
                            Comparator.comparing(DefaultStorageClass::madeAt)
                                    .reversed()
                                    .thenComparing(Resource::name))
                    .ifPresent(
                            found ->
                                    Resource.child(request.object(), "spec")
                                            .put("storageClassName", found.name()));
        }
        return Optional.empty();
    }

    /** The empty name is a class too: none at all. */
    private static boolean hasClass(Resource claim) {
        return claim.annotations().containsKey(CLASS)
                || claim.spec().hasNonNull("storageClassName");
    }

    private static boolean isDefault(Resource storageClass) {
        return "true".equals(storageClass.annotations().get(IS_DEFAULT))
                || "true".equals(storageClass.annotations().get(WAS_DEFAULT));
    }

    private static String madeAt(Resource storageClass) {
        return Resource.text(storageClass.metadata(), "creationTimestamp");
    }
}
