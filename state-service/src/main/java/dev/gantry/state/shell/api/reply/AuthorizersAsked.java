package dev.gantry.state.shell.api.reply;

import dev.gantry.authorization.AskedAccess;
import java.util.List;

/** A request cannot be decided before the gateway's authorizers have judged something. */
public final class AuthorizersAsked extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<AskedAccess> asked;

    public AuthorizersAsked(List<AskedAccess> asked) {
        super("asks the gateway's authorizers", null, false, false);
        this.asked = asked;
    }

    public List<AskedAccess> asked() {
        return asked;
    }
}
