package dev.gantry.state.admission;

import dev.gantry.model.refusal.Refusal;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What clients are told where a webhook or a policy did what cannot be. */
public final class AdmissionFault {
    private static final int INTERNAL = 500;

    private AdmissionFault() {}

    /** Compat: {@code NewInternalError}. */
    public static Refusal of(String why) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.putArray("causes").addObject().put("message", why);
        return new Refusal.Denied(
                INTERNAL, "InternalError", "Internal error occurred: " + why, details);
    }
}
