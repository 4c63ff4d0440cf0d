package dev.gantry.state.admission;

import dev.gantry.authorization.AskedAccess;
import dev.gantry.state.webhook.WebhookCall;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Calls of webhooks, and of the gateway's authorizers, without whose answers what is decided does
 * not count. Written by the one decision that it is made for; each further attempt at it gets an
 * empty one.
 */
public final class OpenCalls {
    private final List<WebhookCall> all = new ArrayList<>();
    private final Set<AskedAccess> asked = new LinkedHashSet<>();
    private Optional<String> failure = Optional.empty();

    public void add(WebhookCall call) {
        if (!all.contains(call)) {
            all.add(call);
        }
    }

    public void add(AskedAccess question) {
        asked.add(question);
    }

    /** Something that had to be known could not be learned. */
    public void fail(String why) {
        failure = failure.or(() -> Optional.of(why));
    }

    /** The first failure. */
    public Optional<String> failure() {
        return failure;
    }

    public boolean areNone() {
        return all.isEmpty() && asked.isEmpty();
    }

    /** What is to be answered first. */
    public Admission.Asking asking() {
        return asking(List.of());
    }

    /** The same, and more calls. */
    public Admission.Asking asking(List<WebhookCall> more) {
        List<WebhookCall> calls = new ArrayList<>(more);
        calls.addAll(all);
        return new Admission.Asking(List.copyOf(calls), List.copyOf(asked));
    }
}
