package dev.gantry.state.admission.webhook;

import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.Admission;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.WebhookAnswer;
import dev.gantry.state.admission.WebhookCall;
import dev.gantry.state.admission.match.ShownRequest;
import dev.gantry.state.kind.admissionregistration.webhookconfiguration.ValidatingWebhookConfigurationKind;
import dev.gantry.state.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks the validating webhooks of a request, all at once. Compat: {@code
 * webhook/validating.Dispatch}; of several refusals the first in order counts.
 */
public final class ValidatingWebhooks {
    private final View view;
    private final RegisteredWebhooks registered;

    public ValidatingWebhooks(View view) {
        this.view = view;
        this.registered =
                new RegisteredWebhooks(view, ValidatingWebhookConfigurationKind.KIND.resource());
    }

    public Admission validate(AdmissionRequest request) {
        List<Invocation> invocations = invocations(request);
        List<WebhookCall> open = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        for (Invocation each : invocations) {
            Optional<Refusal> unasked = each.dryRunRefusal();
            if (unasked.isPresent()) {
                refusals.add(unasked.get());
                continue;
            }
            WebhookCall call = each.call();
            Optional<WebhookAnswer> answer = request.context().answers().to(call);
            if (answer.isEmpty()) {
                open.add(call);
            } else if (each.outcome(answer.get()) instanceof Invocation.Outcome.Stopped(var why)) {
                refusals.add(why);
            }
        }
        if (!open.isEmpty()) {
            return new Admission.Asking(open);
        }
        return Admission.of(refusals.stream().findFirst());
    }

    private List<Invocation> invocations(AdmissionRequest request) {
        List<Invocation> found = new ArrayList<>();
        for (Webhook each : registered.about(request)) {
            each.matching()
                    .match(request, view)
                    .map(version -> new ShownRequest(request, version))
                    .map(shown -> new AdmissionReview(each, shown, 0))
                    .ifPresent(review -> found.add(new Invocation(review, false)));
        }
        return found;
    }
}
