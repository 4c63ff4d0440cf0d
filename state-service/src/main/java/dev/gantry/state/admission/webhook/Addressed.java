package dev.gantry.state.admission.webhook;

import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.condition.Inquiry;
import dev.gantry.state.admission.condition.MatchConditions.Verdict;
import dev.gantry.state.admission.condition.Surroundings;
import dev.gantry.state.admission.match.Requests;
import dev.gantry.state.admission.match.Showing;
import dev.gantry.state.admission.match.ShownRequest;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions;
import java.util.Optional;

/** Whether a webhook is asked about a request. */
sealed interface Addressed {
    record Yes(ShownRequest shown) implements Addressed {}

    record No() implements Addressed {}

    /** Not to be told before the open calls of the request are answered. */
    record Open() implements Addressed {}

    /** It cannot be told, and the request may not go on without it. */
    record Unclear(Refusal why) implements Addressed {}

    static Addressed of(Webhook webhook, AdmissionRequest request, Surroundings surroundings) {
        Optional<ServedVersion> version = webhook.matching().match(request, surroundings.view());
        if (version.isEmpty()) {
            return new No();
        }
        return switch (Showing.of(request, version.get())) {
            case Showing.Shown(var shown) -> of(webhook, shown, surroundings);
            case Showing.Open _ -> new Open();
            case Showing.Failed(var why) -> new Unclear(Denials.internal(why));
        };
    }

    private static Addressed of(Webhook webhook, ShownRequest shown, Surroundings surroundings) {
        AdmissionRequest request = shown.request();
        if (webhook.conditions().isEmpty()) {
            return new Yes(shown);
        }
        Inquiry inquiry = new Inquiry(AdmissionExpressions.plain(), shown, surroundings);
        Verdict verdict = webhook.conditions().judge(inquiry);
        if (!request.context().open().areNone()) {
            return new Open();
        }
        return switch (verdict) {
            case Verdict.Holds _ -> new Yes(shown);
            case Verdict.Fails _ -> new No();
            case Verdict.Unclear(var why) ->
                    webhook.manner().failsOpen()
                            ? new No()
                            : new Unclear(
                                    new Refusal.Forbidden(
                                            request.subject().version().kind().resource(),
                                            Requests.nameOf(request),
                                            why));
        };
    }
}
