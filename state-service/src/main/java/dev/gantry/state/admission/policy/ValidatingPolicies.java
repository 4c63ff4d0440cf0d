package dev.gantry.state.admission.policy;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.condition.Inquiry;
import dev.gantry.state.admission.match.Requests;
import dev.gantry.state.admission.match.ShownRequest;
import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the validating policies in force. Compat: {@code policy/validating.dispatcher}: the first
 * refusal is told, warnings of all.
 */
public final class ValidatingPolicies {
    private final View view;
    private final Supplier<ResourceCatalog> catalog;
    private final PoliciesInForce inForce;

    public ValidatingPolicies(View view, Supplier<ResourceCatalog> catalog) {
        this.view = view;
        this.catalog = catalog;
        this.inForce = new PoliciesInForce(view);
    }

    private record Denial(String words, String reason) {}

    public Optional<Refusal> refusal(AdmissionRequest request) {
        List<PoliciesInForce.Bound> all = inForce.about(request);
        List<Denial> denials = new ArrayList<>();
        for (PoliciesInForce.Bound each : all) {
            each.policy()
                    .matching()
                    .match(request, view)
                    .ifPresent(version -> judge(each, request, version, denials));
        }
        return denials.stream().findFirst().map(each -> refusal(request, each));
    }

    private void judge(
            PoliciesInForce.Bound bound,
            AdmissionRequest request,
            ServedVersion version,
            List<Denial> denials) {
        ValidatingPolicy policy = bound.policy();
        ShownRequest shown = new ShownRequest(request, version);
        for (PolicyBinding binding : bound.bindings()) {
            if (binding.matching().match(request, view).isPresent()) {
                failures(policy, binding, shown)
                        .forEach(each -> act(each, policy, binding, request, denials));
            }
        }
    }

    private List<PolicyRun.Failure> failures(
            ValidatingPolicy policy, PolicyBinding binding, ShownRequest shown) {
        List<PolicyRun.Failure> failures = new ArrayList<>();
        switch (params(policy, binding, shown.request())) {
            case Params.Found.Problem(var why) -> {
                if (!policy.failsOpen()) {
                    String words = "failed to configure binding: " + why;
                    failures.add(new PolicyRun.Failure(words, "", true));
                }
            }
            case Params.Found.Some(var params) -> {
                for (Optional<Resource> each : params) {
                    Inquiry inquiry =
                            new Inquiry(policy.expressions(), shown, view, policy.variables())
                                    .withParams(each);
                    failures.addAll(new PolicyRun(policy, inquiry).failures());
                }
            }
        }
        return failures;
    }

    private Params.Found params(
            ValidatingPolicy policy, PolicyBinding binding, AdmissionRequest request) {
        if (policy.params().isEmpty() || binding.params().isEmpty()) {
            return Params.WITHOUT;
        }
        return Params.of(view, policy.params().get(), catalog.get())
                .find(binding.params().get(), Requests.namespaceOf(request));
    }

    private static void act(
            PolicyRun.Failure failure,
            ValidatingPolicy policy,
            PolicyBinding binding,
            AdmissionRequest request,
            List<Denial> denials) {
        if (failure.isCertain() || binding.actions().contains("Deny")) {
            denials.add(new Denial(denied(policy, binding, failure.message()), failure.reason()));
        }
        if (!failure.isCertain() && binding.actions().contains("Warn")) {
            request.context()
                    .notes()
                    .warn(
                            "Validation failed for ValidatingAdmissionPolicy '%s' with binding '%s': %s"
                                    .formatted(policy.name(), binding.name(), failure.message()));
        }
    }

    private static String denied(ValidatingPolicy policy, PolicyBinding binding, String why) {
        return "ValidatingAdmissionPolicy '%s' with binding '%s' denied request: %s"
                .formatted(policy.name(), binding.name(), why);
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
