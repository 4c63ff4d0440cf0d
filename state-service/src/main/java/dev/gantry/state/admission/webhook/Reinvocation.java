package dev.gantry.state.admission.webhook;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which webhooks are asked once more, since the object changed after they had seen it. Of one
 * request, written by the one who admits it.
 *
 * <p>Compat: {@code webhookReinvokeContext}. Example: a (IfNeeded) and b are asked, b changes the
 * object: in the second round the plugins run, then a is asked; b is not, and neither is anybody
 * who was not asked in the first round.
 */
public final class Reinvocation {
    private final Set<String> asked = new HashSet<>();
    private final Set<String> again = new HashSet<>();
    private @Nullable ObjectNode lastOutput;
    private boolean isNeeded;
    private boolean isSecondRound;

    /** Whether there is a second round; if so, it begins. */
    public boolean begin() {
        isSecondRound = isNeeded;
        return isSecondRound;
    }

    int round() {
        return isSecondRound ? 1 : 0;
    }

    /** What plugins changed since the webhooks of the first round is news to all of them. */
    void noteInput(ObjectNode object) {
        if (isSecondRound && !object.equals(lastOutput)) {
            again.addAll(asked);
        }
    }

    boolean wants(Webhook webhook) {
        return !isSecondRound || again.contains(webhook.identity());
    }

    void noteChange() {
        again.addAll(asked);
        asked.clear();
        isNeeded = true;
    }

    void noteAsked(Webhook webhook) {
        if (webhook.manner().isReinvoked()) {
            asked.add(webhook.identity());
        }
    }

    void noteOutput(ObjectNode object) {
        if (isNeeded && !isSecondRound) {
            lastOutput = object.deepCopy();
        }
    }
}
