package dev.gantry.state.admission.webhook;

import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.Notes;
import dev.gantry.state.webhook.WebhookAnswer;
import dev.gantry.state.webhook.WebhookCall;
import java.util.Optional;

/**
 * One webhook, asked about one request.
 *
 * @param place as {@link CallAnnotations} tells it
 */
record Invocation(AdmissionReview review, boolean isMutating, int place) {
    /** What the answer means for the request. */
    sealed interface Outcome {
        /** Goes on; a patch of no bytes changes nothing. */
        record Passed(byte[] patch) implements Outcome {}

        record Stopped(Refusal why) implements Outcome {}
    }

    private static final Outcome UNCHANGED = new Outcome.Passed(new byte[0]);

    Webhook webhook() {
        return review.webhook();
    }

    AdmissionRequest request() {
        return review.request();
    }

    CallAnnotations annotations() {
        return new CallAnnotations(webhook(), review.round(), place, request().context().notes());
    }

    /** A webhook with side effects is not asked about what will not be stored. */
    Optional<Refusal> dryRunRefusal() {
        return request().context().isDryRun() && !webhook().manner().toleratesDryRun()
                ? Optional.of(Denials.noDryRun(webhook().name()))
                : Optional.empty();
    }

    WebhookCall call() {
        return new WebhookCall(
                webhook().name(),
                webhook().destination(),
                webhook().timeout(),
                review.tree(),
                Optional.of(
                        new WebhookCall.Occasion(
                                isMutating,
                                request().operation().name(),
                                webhook().manner().failsOpen())));
    }

    Outcome outcome(WebhookAnswer answer) {
        return switch (answer) {
            case WebhookAnswer.Replied(var tree) ->
                    switch (ReviewResponse.read(
                            tree, review.uid(), webhook().reviewVersion(), isMutating)) {
                        case ReviewResponse.Reading.Invalid(var why) ->
                                failed("received invalid webhook response: " + why);
                        case ReviewResponse.Reading.Valid(var response) -> answered(response);
                    };
            case WebhookAnswer.Failed(var why) -> failed("failed to call webhook: " + why);
            case WebhookAnswer.OutOfTime _ -> new Outcome.Stopped(Denials.outOfTime());
        };
    }

    private Outcome answered(ReviewResponse response) {
        Notes notes = request().context().notes();
        response.warnings().forEach(notes::warn);
        for (var each : response.auditAnnotations().properties()) {
            notes.annotate(webhook().name() + "/" + each.getKey(), each.getValue().asString(""));
        }
        return response.isAllowed()
                ? new Outcome.Passed(response.patch())
                : new Outcome.Stopped(Denials.denied(webhook().name(), response.status()));
    }

    Outcome failed(String why) {
        if (!webhook().manner().failsOpen()) {
            return new Outcome.Stopped(Denials.failed(webhook().name(), why));
        }
        annotations().failedOpen(isMutating);
        return UNCHANGED;
    }
}
