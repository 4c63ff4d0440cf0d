package dev.gantry.state.admission;

import dev.gantry.state.webhook.WebhookCall;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls without whose answers what is decided does not count. Written by the one decision that it
 * is made for; each further attempt at it gets an empty one.
 */
public final class OpenCalls {
    private final List<WebhookCall> all = new ArrayList<>();

    public void add(WebhookCall call) {
        if (!all.contains(call)) {
            all.add(call);
        }
    }

    public boolean areNone() {
        return all.isEmpty();
    }

    public List<WebhookCall> all() {
        return List.copyOf(all);
    }
}
