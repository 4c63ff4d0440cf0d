package dev.gantry.state.admission.policy;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.Reinvocation;
import dev.gantry.state.admission.condition.Inquiry;
import dev.gantry.state.admission.condition.MatchConditions.Verdict;
import dev.gantry.state.admission.condition.Surroundings;
import dev.gantry.state.admission.match.Requests;
import dev.gantry.state.admission.match.Showing;
import dev.gantry.state.admission.match.ShownRequest;
import dev.gantry.state.admission.policy.MutatingPolicy.Change;
import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.kind.admissionregistration.policy.MutatingAdmissionPolicyKind;
import dev.gantry.state.kind.admissionregistration.policybinding.MutatingAdmissionPolicyBindingKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets the mutating policies in force change the object of a request, one after the other: each
 * sees what those before it made of it. Compat: {@code policy/mutating.dispatcher}.
 */
public final class MutatingPolicies {
    private static final int FORBIDDEN = 403;
    private static final String CONVERSION = "failed to convert object version: ";

    private final Surroundings surroundings;
    private final Supplier<ResourceCatalog> catalog;
    private final PoliciesInForce<MutatingPolicy> inForce;

    public MutatingPolicies(Surroundings surroundings, Supplier<ResourceCatalog> catalog) {
        this.surroundings = surroundings;
        this.catalog = catalog;
        this.inForce =
                new PoliciesInForce<>(
                        surroundings.view(),
                        new PoliciesInForce.Source<>(
                                MutatingAdmissionPolicyKind.KIND.resource(),
                                MutatingAdmissionPolicyBindingKind.KIND.resource(),
                                MutatingPolicy::of));
    }

    /** What went wrong with a policy, and what clients are told is the reason. */
    private record Problem(PolicyInvocation<MutatingPolicy> invocation, String why, String reason) {
        static Problem unconfigured(PolicyInvocation<MutatingPolicy> invocation, String why) {
            return new Problem(invocation, "failed to configure binding: " + why, "Forbidden");
        }

        String words() {
            return "policy '%s' with binding '%s' denied request: %s"
                    .formatted(
                            invocation.policy().common().name(), invocation.binding().name(), why);
        }
    }

    /** May change the object of the request in place. */
    public Optional<Refusal> admit(AdmissionRequest request, Reinvocation reinvocation) {
        if (!Requests.showsObject(request)) {
            return Optional.empty();
        }
        List<PolicyInvocation<MutatingPolicy>> all = inForce.about(request, catalog.get());
        if (all.isEmpty()) {
            return Optional.empty();
        }
        reinvocation.noteInput(request.object());
        List<Problem> problems = new ArrayList<>();
        for (PolicyInvocation<MutatingPolicy> each : all) {
            Optional<Refusal> refusal =
                    switch (each) {
                        case PolicyInvocation.Misconfigured<MutatingPolicy> wrong -> {
                            problems.add(Problem.unconfigured(wrong, wrong.why()));
                            yield Optional.empty();
                        }
                        case PolicyInvocation.Ready<MutatingPolicy> ready ->
                                invoke(ready, request, reinvocation, problems);
                    };
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        reinvocation.noteOutput(request.object());
        problems.removeIf(each -> each.invocation.policy().common().failsOpen());
        return problems.isEmpty() ? Optional.empty() : Optional.of(refusal(request, problems));
    }

    private Optional<Refusal> invoke(
            PolicyInvocation.Ready<MutatingPolicy> invocation,
            AdmissionRequest request,
            Reinvocation reinvocation,
            List<Problem> problems) {
        MutatingPolicy policy = invocation.policy();
        boolean isMeant =
                shown(invocation, request, problems)
                        .filter(shown -> isMeant(invocation, shown, problems))
                        .isPresent();
        if (!isMeant || !reinvocation.wants(invocation.identity())) {
            return Optional.empty();
        }
        ObjectNode before = request.object().deepCopy();
        for (Change each : policy.changes()) {
            Optional<ShownRequest> shown = shown(invocation, request, problems);
            Optional<Refusal> refusal =
                    shown.flatMap(now -> change(each, invocation, now, problems));
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        if (!request.object().equals(before)) {
            reinvocation.noteChange();
        }
        if (policy.isReinvoked()) {
            reinvocation.noteAsked(invocation.identity());
        }
        return Optional.empty();
    }

    /** As the policy sees it by now. Empty where it cannot, or not yet. */
    private static Optional<ShownRequest> shown(
            PolicyInvocation.Ready<MutatingPolicy> invocation,
            AdmissionRequest request,
            List<Problem> problems) {
        return switch (Showing.of(request, invocation.version())) {
            case Showing.Shown(var shown) -> Optional.of(shown);
            case Showing.Open _ -> Optional.empty();
            case Showing.Failed(var why) -> {
                problems.add(Problem.unconfigured(invocation, CONVERSION + why));
                yield Optional.empty();
            }
        };
    }

    private boolean isMeant(
            PolicyInvocation.Ready<MutatingPolicy> invocation,
            ShownRequest shown,
            List<Problem> problems) {
        return switch (invocation
                .policy()
                .common()
                .conditions()
                .judge(inquiry(invocation, shown))) {
            case Verdict.Fails _ -> false;
            case Verdict.Unclear(var why) -> {
                problems.add(new Problem(invocation, why, "Invalid"));
                yield false;
            }
            case Verdict.Holds _ -> true;
        };
    }

    private Optional<Refusal> change(
            Change change,
            PolicyInvocation.Ready<MutatingPolicy> invocation,
            ShownRequest shown,
            List<Problem> problems) {
        switch (PolicyMutation.of(change, shown, inquiry(invocation, shown))) {
            case PolicyMutation.Unchanged _ -> {}
            case PolicyMutation.Failed(var why) ->
                    problems.add(new Problem(invocation, why, "Invalid"));
            case PolicyMutation.Refused(var why) -> {
                return Optional.of(why);
            }
            case PolicyMutation.Changed(var object) -> {
                shown.request().object().removeAll();
                shown.request().object().setAll(object);
            }
        }
        return Optional.empty();
    }

    /** Compat: each expression has a budget of its own, and sees the object as it is by then. */
    private Inquiry inquiry(PolicyInvocation.Ready<MutatingPolicy> invocation, ShownRequest shown) {
        return new Inquiry(invocation.policy().common().expressions(), shown, surroundings)
                .withParams(invocation.params());
    }

    /** Compat: the first is told, with its reason; the code is that of what is forbidden. */
    private static Refusal refusal(AdmissionRequest request, List<Problem> problems) {
        GroupResource resource = request.subject().version().kind().resource();
        String name = Requests.nameOf(request);
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("name", name.isEmpty() ? "Unknown" : name);
        if (!resource.group().isEmpty()) {
            details.put("group", resource.group());
        }
        details.put("kind", resource.plural());
        var causes = details.putArray("causes");
        problems.forEach(each -> causes.addObject().put("message", each.words()));
        Problem first = problems.getFirst();
        return new Refusal.Denied(FORBIDDEN, first.reason, first.words(), details);
    }
}
