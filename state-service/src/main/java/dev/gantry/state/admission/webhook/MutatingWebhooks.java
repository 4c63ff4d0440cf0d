package dev.gantry.state.admission.webhook;

import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.Admission;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.Reinvocation;
import dev.gantry.state.admission.condition.Surroundings;
import dev.gantry.state.admission.match.ShownRequest;
import dev.gantry.state.kind.admissionregistration.webhookconfiguration.MutatingWebhookConfigurationKind;
import dev.gantry.state.webhook.WebhookAnswer;
import dev.gantry.state.webhook.WebhookCall;
import java.util.List;
import java.util.Optional;

/**
 * Asks the mutating webhooks of a request, one after the other: each sees what those before it made
 * of the object. Compat: {@code webhook/mutating.Dispatch}.
 */
public final class MutatingWebhooks {
    private final Surroundings surroundings;
    private final RegisteredWebhooks registered;

    public MutatingWebhooks(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.registered =
                new RegisteredWebhooks(
                        surroundings.view(), MutatingWebhookConfigurationKind.KIND.resource());
    }

    /** May change the object of the request in place. */
    public Admission admit(AdmissionRequest request, Reinvocation reinvocation) {
        List<Webhook> webhooks = registered.about(request);
        if (webhooks.isEmpty()) {
            return Admission.ADMITTED;
        }
        reinvocation.noteInput(request.object());
        int place = 0;
        for (Webhook each : webhooks) {
            int index = place++;
            Admission asked =
                    switch (Addressed.of(each, request, surroundings)) {
                        case Addressed.No _ -> Admission.ADMITTED;
                        case Addressed.Open _ -> open(request);
                        case Addressed.Unclear(var why) -> new Admission.Refused(why);
                        case Addressed.Yes(var shown) ->
                                reinvocation.wants(each.identity())
                                        ? invoke(each, shown, reinvocation, index)
                                        : Admission.ADMITTED;
                    };
            if (!asked.isAdmitted()) {
                return asked;
            }
        }
        reinvocation.noteOutput(request.object());
        return Admission.ADMITTED;
    }

    private static Admission open(AdmissionRequest request) {
        return request.context().open().asking();
    }

    private static Admission invoke(
            Webhook webhook, ShownRequest shown, Reinvocation reinvocation, int place) {
        var review = new AdmissionReview(webhook, shown, reinvocation.round());
        Invocation invocation = new Invocation(review, true, place);
        Optional<Refusal> unasked = invocation.dryRunRefusal();
        if (unasked.isPresent()) {
            invocation.annotations().mutated(false);
            return new Admission.Refused(unasked.get());
        }
        WebhookCall call = invocation.call();
        Optional<WebhookAnswer> answer = invocation.request().context().answers().to(call);
        if (answer.isEmpty()) {
            return new Admission.Asking(call);
        }
        Admission result =
                switch (invocation.outcome(answer.get())) {
                    case Invocation.Outcome.Stopped(var why) -> new Admission.Refused(why);
                    case Invocation.Outcome.Passed(var patch) ->
                            patch.length == 0
                                    ? Admission.ADMITTED
                                    : change(invocation, patch, reinvocation);
                };
        invocation.annotations().mutated(false);
        if (webhook.manner().isReinvoked()) {
            reinvocation.noteAsked(webhook.identity());
        }
        return result;
    }

    private static Admission change(
            Invocation invocation, byte[] patch, Reinvocation reinvocation) {
        return switch (Mutation.of(invocation, patch)) {
            case Mutation.None _ -> Admission.ADMITTED;
            case Mutation.Open _ -> open(invocation.request());
            case Mutation.Refused(var why) -> new Admission.Refused(why);
            case Mutation.Changed(var object) -> {
                invocation.request().object().removeAll();
                invocation.request().object().setAll(object);
                reinvocation.noteChange();
                invocation.annotations().mutated(true);
                yield Admission.ADMITTED;
            }
        };
    }
}
