package dev.gantry.state.admission.chain;

import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.Admission;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.MutatingPlugin;
import dev.gantry.state.admission.ValidatingPlugin;
import dev.gantry.state.admission.plugin.DefaultPlugins;
import dev.gantry.state.admission.policy.ValidatingPolicies;
import dev.gantry.state.admission.webhook.MutatingWebhooks;
import dev.gantry.state.admission.webhook.Reinvocation;
import dev.gantry.state.admission.webhook.ValidatingWebhooks;
import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.view.View;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All of admission, in phases. Between the two the registry allocates, prepares and validates.
 *
 * <pre>
 *   mutate:    plugins -> webhooks --(one of them changed the object)--> plugins -> webhooks again
 *   validate:  plugins -> policies -> webhooks
 * </pre>
 *
 * <p>Compat: {@code reinvoker} of {@code pkg/admission} and the order of {@code AllOrderedPlugins}:
 * webhooks come after all plugins.
 *
 * <p>Cost: where no webhook is configured, each phase looks at one empty list.
 */
public final class AdmissionChain {
    private final ClusterView cluster;
    private final MutatingWebhooks mutating;
    private final ValidatingPolicies policies;
    private final ValidatingWebhooks validating;

    public AdmissionChain(View view, Supplier<ResourceCatalog> catalog) {
        this.policies = new ValidatingPolicies(view, catalog);
        this.cluster = new StoredObjects(view);
        this.mutating = new MutatingWebhooks(view);
        this.validating = new ValidatingWebhooks(view);
    }

    /** May change the object of the request in place. */
    public Admission mutate(AdmissionRequest request) {
        Reinvocation reinvocation = new Reinvocation();
        Admission first = mutateOnce(request, reinvocation);
        return first.isAdmitted() && reinvocation.begin()
                ? mutateOnce(request, reinvocation)
                : first;
    }

    public Admission validate(AdmissionRequest request) {
        for (ValidatingPlugin each : DefaultPlugins.VALIDATING) {
            Optional<Refusal> refusal = each.validate(request, cluster);
            if (refusal.isPresent()) {
                return new Admission.Refused(refusal.get());
            }
        }
        Optional<Refusal> refusal = policies.refusal(request);
        return refusal.isPresent()
                ? new Admission.Refused(refusal.get())
                : validating.validate(request);
    }

    /** Both phases, for what the registry does nothing to in between. */
    public Admission admit(AdmissionRequest request) {
        Admission mutated = mutate(request);
        return mutated.isAdmitted() ? validate(request) : mutated;
    }

    private Admission mutateOnce(AdmissionRequest request, Reinvocation reinvocation) {
        for (MutatingPlugin each : DefaultPlugins.MUTATING) {
            Optional<Refusal> refusal = each.admit(request, cluster);
            if (refusal.isPresent()) {
                return new Admission.Refused(refusal.get());
            }
        }
        return mutating.admit(request, reinvocation);
    }
}
