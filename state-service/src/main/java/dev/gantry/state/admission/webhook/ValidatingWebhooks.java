package dev.gantry.state.admission.webhook;

import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.Admission;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.OpenCalls;
import dev.gantry.state.admission.condition.Surroundings;
import dev.gantry.state.kind.admissionregistration.webhookconfiguration.ValidatingWebhookConfigurationKind;
import dev.gantry.state.webhook.WebhookAnswer;
import dev.gantry.state.webhook.WebhookCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks the validating webhooks of a request, all at once. Compat: {@code
 * webhook/validating.Dispatch}; of several refusals the first in order counts.
 */
public final class ValidatingWebhooks {
    private final Surroundings surroundings;
    private final RegisteredWebhooks registered;

    public ValidatingWebhooks(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.registered =
                new RegisteredWebhooks(
                        surroundings.view(), ValidatingWebhookConfigurationKind.KIND.resource());
    }

    public Admission validate(AdmissionRequest request) {
        List<WebhookCall> open = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        int asked = 0;
        for (Webhook each : registered.about(request)) {
            switch (Addressed.of(each, request, surroundings)) {
                case Addressed.No _ -> {}
                case Addressed.Open _ -> {}
                case Addressed.Unclear(var why) -> {
                    return new Admission.Refused(why);
                }
                case Addressed.Yes(var shown) ->
                        ask(
                                new Invocation(new AdmissionReview(each, shown, 0), false, asked++),
                                open,
                                refusals);
            }
        }
        OpenCalls further = request.context().open();
        if (!open.isEmpty() || !further.areNone()) {
            return further.asking(open);
        }
        return Admission.of(refusals.stream().findFirst());
    }

    private static void ask(Invocation invocation, List<WebhookCall> open, List<Refusal> refusals) {
        Optional<Refusal> unasked = invocation.dryRunRefusal();
        if (unasked.isPresent()) {
            refusals.add(unasked.get());
            return;
        }
        WebhookCall call = invocation.call();
        Optional<WebhookAnswer> answer = invocation.request().context().answers().to(call);
        if (answer.isEmpty()) {
            open.add(call);
        } else if (invocation.outcome(answer.get())
                instanceof Invocation.Outcome.Stopped(var why)) {
            refusals.add(why);
        }
    }
}
