package dev.gantry.state.admission;

import dev.gantry.authorization.AskedAccess;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.webhook.WebhookCall;
import java.util.List;
import java.util.Optional;

/** What a phase of admission came to. */
public sealed interface Admission {
    Admission ADMITTED = new Admitted();

    /** The request may go on, with its object as it is now. */
    record Admitted() implements Admission {}

    record Refused(Refusal why) implements Admission {}

    /**
     * Nothing is decided before these calls are answered; then the same is to be asked again.
     *
     * @param asked of the gateway's authorizers
     */
    record Asking(List<WebhookCall> calls, List<AskedAccess> asked) implements Admission {
        public Asking(WebhookCall call) {
            this(List.of(call), List.of());
        }
    }

    static Admission of(Optional<Refusal> refusal) {
        return refusal.<Admission>map(Refused::new).orElse(ADMITTED);
    }

    default boolean isAdmitted() {
        return this instanceof Admitted;
    }
}
