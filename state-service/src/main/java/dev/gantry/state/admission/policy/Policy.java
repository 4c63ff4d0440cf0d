package dev.gantry.state.admission.policy;

/** A policy of either kind. */
sealed interface Policy permits ValidatingPolicy, MutatingPolicy {
    AdmissionPolicy common();
}
