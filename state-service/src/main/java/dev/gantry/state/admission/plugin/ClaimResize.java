package dev.gantry.state.admission.plugin;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.AdmissionRequest.Operation;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.ValidatingPlugin;
import java.util.Optional;

/**
 * A claim grows only where its class says that it can. Compat: {@code
 * storage/persistentvolume/resize}.
 */
final class ClaimResize implements ValidatingPlugin {
    @Override
    public Optional<Refusal> validate(AdmissionRequest request, ClusterView view) {
        boolean isUpdate =
                request.kind().equals(Kinds.PERSISTENT_VOLUME_CLAIM)
                        && request.operation() == Operation.UPDATE
                        && request.subresource().isEmpty();
        if (!isUpdate || !grows(request)) {
            return Optional.empty();
        }
        Resource stored = request.stored().orElseThrow();
        if (!Resource.text(stored.status(), "phase").equals("Bound")) {
            return refuse(request, "Only bound persistent volume claims can be expanded");
        }
        String name = Resource.text(stored.spec(), "storageClassName");
        boolean isAllowed =
                view.get(new ObjectKey(Resources.STORAGE_CLASSES, "", name))
                        .map(found -> found.tree().path("allowVolumeExpansion").asBoolean(false))
                        .orElse(false);
        return isAllowed
                ? Optional.empty()
                : refuse(
                        request,
                        "only dynamically provisioned pvc can be resized and the storageclass that"
                                + " provisions the pvc must support resize");
    }

    private static boolean grows(AdmissionRequest request) {
        Quantity before = request.stored().map(ClaimResize::size).orElse(Quantity.ZERO);
        return size(request.resource()).compareTo(before) > 0;
    }

    private static Quantity size(Resource claim) {
        String text = Resource.text(claim.spec().path("resources").path("requests"), "storage");
        return Quantity.parse(text).orElse(Quantity.ZERO);
    }

    private static Optional<Refusal> refuse(AdmissionRequest request, String why) {
        return Optional.of(
                new Refusal.Forbidden(request.kind().resource(), request.resource().name(), why));
    }
}
