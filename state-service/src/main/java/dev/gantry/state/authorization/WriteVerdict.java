package dev.gantry.state.authorization;

import dev.gantry.authorization.AskedAccess;
import dev.gantry.model.refusal.Refusal;
import java.util.List;

/** Whether a write may be committed. */
public sealed interface WriteVerdict {
    record Allowed() implements WriteVerdict {}

    record Refused(Refusal why) implements WriteVerdict {}

    /** That depends on what the authorizers of the gateway say to these. */
    record Asking(List<AskedAccess> asked) implements WriteVerdict {}
}
