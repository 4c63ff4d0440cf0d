package dev.gantry.state.admission;

import dev.gantry.model.refusal.Refusal;
import java.util.Optional;

/** One rule of admission. It may complete the object of the request, or refuse the request. */
interface AdmissionPlugin {
    Optional<Refusal> admit(AdmissionRequest request, ClusterView view);
}
