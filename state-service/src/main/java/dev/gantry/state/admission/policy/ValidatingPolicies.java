package dev.gantry.state.admission.policy;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.condition.Inquiry;
import dev.gantry.state.admission.condition.Surroundings;
import dev.gantry.state.admission.match.Requests;
import dev.gantry.state.admission.match.Showing;
import dev.gantry.state.admission.match.ShownRequest;
import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.kind.admissionregistration.policy.ValidatingAdmissionPolicyKind;
import dev.gantry.state.kind.admissionregistration.policybinding.ValidatingAdmissionPolicyBindingKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the validating policies in force. Compat: {@code policy/validating.dispatcher}: the first
 * refusal is told, warnings of all.
 */
public final class ValidatingPolicies {
    private static final String FAILURE_ANNOTATION =
            "validation.policy.admission.k8s.io/validation_failure";

    private final Surroundings surroundings;
    private final Supplier<ResourceCatalog> catalog;
    private final PoliciesInForce<ValidatingPolicy> inForce;

    public ValidatingPolicies(Surroundings surroundings, Supplier<ResourceCatalog> catalog) {
        this.surroundings = surroundings;
        this.catalog = catalog;
        this.inForce =
                new PoliciesInForce<>(
                        surroundings.view(),
                        new PoliciesInForce.Source<>(
                                ValidatingAdmissionPolicyKind.KIND.resource(),
                                ValidatingAdmissionPolicyBindingKind.KIND.resource(),
                                ValidatingPolicy::of));
    }

    private record Denial(String words, String reason) {}

    public Optional<Refusal> refusal(AdmissionRequest request) {
        List<Denial> denials = new ArrayList<>();
        for (PolicyInvocation<ValidatingPolicy> each : inForce.about(request, catalog.get())) {
            failures(each, request).forEach(failure -> act(failure, each, request, denials));
        }
        return denials.stream().findFirst().map(each -> refusal(request, each));
    }

    private List<PolicyRun.Failure> failures(
            PolicyInvocation<ValidatingPolicy> invocation, AdmissionRequest request) {
        return switch (invocation) {
            case PolicyInvocation.Misconfigured<ValidatingPolicy>(var policy, _, var why) ->
                    misconfigured(policy, why);
            case PolicyInvocation.Ready<ValidatingPolicy> ready ->
                    switch (Showing.of(request, ready.version())) {
                        case Showing.Shown(var shown) -> failures(ready, shown);
                        case Showing.Open _ -> List.of();
                        case Showing.Failed(var why) ->
                                misconfigured(
                                        ready.policy(), "failed to convert object version: " + why);
                    };
        };
    }

    private static List<PolicyRun.Failure> misconfigured(ValidatingPolicy policy, String why) {
        return policy.common().failsOpen()
                ? List.of()
                : List.of(
                        new PolicyRun.Failure("failed to configure binding: " + why, "", 0, true));
    }

    private List<PolicyRun.Failure> failures(
            PolicyInvocation.Ready<ValidatingPolicy> invocation, ShownRequest shown) {
        ValidatingPolicy policy = invocation.policy();
        Inquiry inquiry =
                new Inquiry(policy.common().expressions(), shown, surroundings)
                        .withParams(invocation.params());
        return new PolicyRun(policy, inquiry, shown.request().context().notes()).failures();
    }

    private static void act(
            PolicyRun.Failure failure,
            PolicyInvocation<ValidatingPolicy> invocation,
            AdmissionRequest request,
            List<Denial> denials) {
        String policy = invocation.policy().common().name();
        PolicyBinding binding = invocation.binding();
        if (failure.isCertain() || binding.actions().contains("Deny")) {
            denials.add(new Denial(denied(policy, binding, failure.message()), failure.reason()));
        }
        if (!failure.isCertain() && binding.actions().contains("Audit")) {
            request.context()
                    .notes()
                    .annotate(FAILURE_ANNOTATION, annotation(failure, policy, binding));
        }
        if (!failure.isCertain() && binding.actions().contains("Warn")) {
            request.context()
                    .notes()
                    .warn(
                            "Validation failed for ValidatingAdmissionPolicy '%s' with binding '%s': %s"
                                    .formatted(policy, binding.name(), failure.message()));
        }
    }

    /** Compat: {@code ValidationFailureValue}; of several failures, the first is told. */
    private static String annotation(
            PolicyRun.Failure failure, String policy, PolicyBinding binding) {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        value.put("message", failure.message());
        value.put("policy", policy).put("binding", binding.name());
        value.put("expressionIndex", failure.rule());
        ArrayNode actions = value.putArray("validationActions");
        binding.actions().forEach(actions::add);
        return JsonNodeFactory.instance.arrayNode().add(value).toString();
    }

    private static String denied(String policy, PolicyBinding binding, String why) {
        return "ValidatingAdmissionPolicy '%s' with binding '%s' denied request: %s"
                .formatted(policy, binding.name(), why);
    }

    private static Refusal refusal(AdmissionRequest request, Denial denial) {
        GroupResource resource = request.subject().version().kind().resource();
        String asked = Requests.nameOf(request);
        String name = asked.isEmpty() ? "Unknown" : asked;
        String reason = denial.reason().isEmpty() ? "Invalid" : denial.reason();
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("name", name);
        if (!resource.group().isEmpty()) {
            details.put("group", resource.group());
        }
        details.put("kind", resource.plural());
        details.putArray("causes").addObject().put("message", denial.words());
        String message = new Refusal.Forbidden(resource, name, denial.words()).message();
        return new Refusal.Denied(codeOf(reason), reason, message, details);
    }

    private static int codeOf(String reason) {
        return switch (reason) {
            case "Unauthorized" -> 401;
            case "Forbidden" -> 403;
            case "RequestEntityTooLarge" -> 413;
            default -> 422;
        };
    }
}
