package dev.gantry.state.shell.api.reply;

import dev.gantry.authorization.Access;
import java.util.List;

/** A request cannot be decided before the gateway's authorizers have judged something. */
public final class AuthorizersAsked extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Access> accesses;

    public AuthorizersAsked(List<Access> accesses) {
        super("asks the gateway's authorizers", null, false, false);
        this.accesses = accesses;
    }

    public List<Access> accesses() {
        return accesses;
    }
}
