package dev.gantry.state.admission;

import dev.gantry.model.refusal.Refusal;
import java.util.Optional;

/**
 * Completes the object of a request, or refuses the request. Idempotent: it runs a second time
 * where a webhook changed the object.
 */
public interface MutatingPlugin {
    Optional<Refusal> admit(AdmissionRequest request, ClusterView view);
}
