package dev.gantry.state.admission.chain;

import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.Admission;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.MutatingPlugin;
import dev.gantry.state.admission.OpenCalls;
import dev.gantry.state.admission.Reinvocation;
import dev.gantry.state.admission.ValidatingPlugin;
import dev.gantry.state.admission.condition.Surroundings;
import dev.gantry.state.admission.plugin.AdmissionConfiguration;
import dev.gantry.state.admission.plugin.DefaultPlugins;
import dev.gantry.state.admission.policy.MutatingPolicies;
import dev.gantry.state.admission.policy.ValidatingPolicies;
import dev.gantry.state.admission.webhook.MutatingWebhooks;
import dev.gantry.state.admission.webhook.ValidatingWebhooks;
import dev.gantry.state.catalog.ResourceCatalog;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All of admission, in phases. Between the two the registry allocates, prepares and validates.
 *
 * <pre>
 *   mutate:    plugins -> policies -> webhooks
 *              and once more, where a policy or a webhook changed the object
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
    private final List<ValidatingPlugin> validatingPlugins;
    private final MutatingPolicies mutatingPolicies;
    private final MutatingWebhooks mutating;
    private final ValidatingPolicies policies;
    private final ValidatingWebhooks validating;

    public AdmissionChain(
            Surroundings surroundings,
            Supplier<ResourceCatalog> catalog,
            AdmissionConfiguration configuration) {
        this.validatingPlugins = DefaultPlugins.validating(configuration);
        this.cluster = new StoredObjects(surroundings.view());
        this.mutatingPolicies = new MutatingPolicies(surroundings, catalog);
        this.mutating = new MutatingWebhooks(surroundings);
        this.policies = new ValidatingPolicies(surroundings, catalog);
        this.validating = new ValidatingWebhooks(surroundings);
    }

    /** May change the object of the request in place. */
    public Admission mutate(AdmissionRequest request) {
        Reinvocation ofPolicies = new Reinvocation();
        Reinvocation ofWebhooks = new Reinvocation();
        Admission first = mutateOnce(request, ofPolicies, ofWebhooks);
        if (!first.isAdmitted() || !(ofPolicies.isNeeded() || ofWebhooks.isNeeded())) {
            return first;
        }
        ofPolicies.begin();
        ofWebhooks.begin();
        return mutateOnce(request, ofPolicies, ofWebhooks);
    }

    public Admission validate(AdmissionRequest request) {
        for (ValidatingPlugin each : validatingPlugins) {
            Optional<Refusal> refusal = each.validate(request, cluster);
            if (refusal.isPresent()) {
                return new Admission.Refused(refusal.get());
            }
        }
        Admission judged = afterPolicies(request, policies.refusal(request));
        return judged.isAdmitted() ? validating.validate(request) : judged;
    }

    /** Both phases, for what the registry does nothing to in between. */
    public Admission admit(AdmissionRequest request) {
        Admission mutated = mutate(request);
        return mutated.isAdmitted() ? validate(request) : mutated;
    }

    private Admission mutateOnce(
            AdmissionRequest request, Reinvocation ofPolicies, Reinvocation ofWebhooks) {
        for (MutatingPlugin each : DefaultPlugins.MUTATING) {
            Optional<Refusal> refusal = each.admit(request, cluster);
            if (refusal.isPresent()) {
                return new Admission.Refused(refusal.get());
            }
        }
        Admission changed = afterPolicies(request, mutatingPolicies.admit(request, ofPolicies));
        return changed.isAdmitted() ? mutating.admit(request, ofWebhooks) : changed;
    }

    /** What policies said counts once they could see all objects in their versions. */
    private static Admission afterPolicies(AdmissionRequest request, Optional<Refusal> refusal) {
        OpenCalls open = request.context().open();
        return open.areNone() ? Admission.of(refusal) : open.asking();
    }
}
