package dev.gantry.state.admission;

import dev.gantry.model.refusal.Refusal;
import java.util.List;
import java.util.Optional;

/** All plugins in order; the first refusal ends it. */
public final class Admission {
    private static final List<AdmissionPlugin> PLUGINS =
            List.of(
                    new LimitRanger(),
                    new ServiceAccountAdmission(),
                    new NodeRestriction(),
                    new TaintNodesByCondition(),
                    new PriorityAdmission(),
                    new DefaultTolerationSeconds(),
                    new DefaultStorageClass(),
                    new StorageProtection(),
                    new ClaimResize(),
                    new RuntimeClassAdmission());

    private Admission() {}

    /** Completes {@code request.object()} in place. Empty where the request may go on. */
    public static Optional<Refusal> admit(AdmissionRequest request, ClusterView view) {
        for (AdmissionPlugin plugin : PLUGINS) {
            Optional<Refusal> refusal = plugin.admit(request, view);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }
}
