package dev.gantry.state.admission;

import dev.gantry.state.webhook.WebhookAnswer;
import dev.gantry.state.webhook.WebhookCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What webhooks have answered so far to the calls of one request.
 *
 * <p>An answer counts for the very call that was made: where the object, the stored object or the
 * webhook has changed since, the call is another one.
 */
public record Answers(List<Answered> all) {
    public static final Answers NONE = new Answers(List.of());

    /** A call and what became of it. */
    public record Answered(WebhookCall call, WebhookAnswer answer) {}

    public Optional<WebhookAnswer> to(WebhookCall call) {
        for (Answered each : all) {
            if (each.call.equals(call)) {
                return Optional.of(each.answer);
            }
        }
        return Optional.empty();
    }

    public Answers with(List<Answered> further) {
        List<Answered> joined = new ArrayList<>(all);
        joined.addAll(further);
        return new Answers(List.copyOf(joined));
    }
}
