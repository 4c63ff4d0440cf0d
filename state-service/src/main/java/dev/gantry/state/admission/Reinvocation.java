package dev.gantry.state.admission;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who of one phase, webhooks or policies, is asked once more, since the object changed after they
 * had seen it. Of one request, written by the one who admits it.
 *
 * <p>Compat: {@code webhookReinvokeContext} and {@code policyReinvokeContext}. Example: a
 * (IfNeeded) and b are asked, b changes the object: in the second round the plugins run, then a is
 * asked; b is not, and neither is anybody who was not asked in the first round.
 */
public final class Reinvocation {
    private final Set<String> asked = new HashSet<>();
    private final Set<String> again = new HashSet<>();
    private @Nullable ObjectNode lastOutput;
    private boolean isNeeded;
    private boolean isSecondRound;

    /** Whether somebody of the phase changed the object. */
    public boolean isNeeded() {
        return isNeeded;
    }

    /** Begins the second round. */
    public void begin() {
        isSecondRound = true;
    }

    public int round() {
        return isSecondRound ? 1 : 0;
    }

    /** What others changed since the first round of the phase is news to all of it. */
    public void noteInput(ObjectNode object) {
        if (isSecondRound && !object.equals(lastOutput)) {
            again.addAll(asked);
        }
    }

    public boolean wants(String identity) {
        return !isSecondRound || again.contains(identity);
    }

    public void noteChange() {
        again.addAll(asked);
        asked.clear();
        isNeeded = true;
    }

    /** Of somebody who wants to see what others change after it. */
    public void noteAsked(String identity) {
        asked.add(identity);
    }

    /** Cost: a copy, where somebody may have to be asked again. */
    public void noteOutput(ObjectNode object) {
        if (!isSecondRound && !asked.isEmpty()) {
            lastOutput = object.deepCopy();
        }
    }
}
