package dev.gantry.state.admission;

import dev.gantry.model.refusal.Refusal;
import java.util.Optional;

/** Judges the object of a request as it would be stored, and changes nothing. */
public interface ValidatingPlugin {
    Optional<Refusal> validate(AdmissionRequest request, ClusterView view);
}
