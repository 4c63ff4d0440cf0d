package dev.gantry.state.admission.policy;

import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.match.ConfiguresAdmission;
import dev.gantry.state.kind.admissionregistration.policy.ValidatingAdmissionPolicyKind;
import dev.gantry.state.kind.admissionregistration.policybinding.ValidatingAdmissionPolicyBindingKind;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.view.View;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The policies that have bindings, by name, compiled again only when a policy or a binding has
 * changed.
 *
 * <p>Cost: a question compares one reference for each of them.
 */
final class PoliciesInForce {
    /** A policy and its bindings, by name. */
    record Bound(ValidatingPolicy policy, List<PolicyBinding> bindings) {}

    private record Compiled(
            List<StoredObject> policies, List<StoredObject> bindings, List<Bound> all) {}

    private final View view;

    /** Threads that miss it at once compile the same twice. */
    private volatile @Nullable Compiled last;

    PoliciesInForce(View view) {
        this.view = view;
    }

    List<Bound> about(AdmissionRequest request) {
        List<Bound> all = current();
        return all.isEmpty() || ConfiguresAdmission.test(request.kind().resource())
                ? List.of()
                : all;
    }

    private List<Bound> current() {
        List<StoredObject> bindings =
                view.list(ValidatingAdmissionPolicyBindingKind.KIND.resource(), "").objects();
        if (bindings.isEmpty()) {
            return List.of();
        }
        List<StoredObject> policies =
                view.list(ValidatingAdmissionPolicyKind.KIND.resource(), "").objects();
        Compiled found = last;
        if (found == null || !found.policies.equals(policies) || !found.bindings.equals(bindings)) {
            found = new Compiled(policies, bindings, compile(policies, bindings));
            last = found;
        }
        return found.all;
    }

    private static List<Bound> compile(List<StoredObject> policies, List<StoredObject> stored) {
        List<PolicyBinding> bindings =
                stored.stream().map(each -> PolicyBinding.of(each.decode())).toList();
        List<Bound> found = new ArrayList<>();
        for (StoredObject each : policies) {
            List<PolicyBinding> own =
                    bindings.stream()
                            .filter(binding -> binding.policy().equals(each.key().name()))
                            .toList();
            if (!own.isEmpty()) {
                found.add(new Bound(ValidatingPolicy.of(each.decode()), own));
            }
        }
        return List.copyOf(found);
    }
}
