package dev.gantry.gateway.flowcontrol;

import dev.gantry.authorization.RbacPolicy;
import dev.gantry.model.exchange.Caller;

/**
 * What kind of caller it is, for what the gateway shares out whatever flow schemas say: memory for
 * bodies and replies, connections, and streams. Strangers have little of each, and nothing that
 * others have, even where somebody leads their requests to a large level.
 */
public enum CallerTier {
    /** Masters and parts of the platform, which may take all that there is. */
    PLATFORM(130, Integer.MAX_VALUE),
    NODE(70, 1_000),
    SERVICE_ACCOUNT(100, 1_000),
    USER(60, 1_000),
    STRANGER(5, 50);

    private static final int ALL_SHARES = 365;

    private final int shares;
    private final int mostOfUser;

    CallerTier(int shares, int mostOfUser) {
        this.shares = shares;
        this.mostOfUser = mostOfUser;
    }

    public static CallerTier of(Caller caller) {
        String user = caller.user();
        if (caller.isIn(RbacPolicy.MASTERS)
                || user.startsWith("system:kube-")
                || user.startsWith("system:gantry:")
                || caller.isIn("system:serviceaccounts:kube-system")) {
            return PLATFORM;
        }
        if (caller.isIn("system:nodes")) {
            return NODE;
        }
        if (caller.isIn("system:serviceaccounts")) {
            return SERVICE_ACCOUNT;
        }
        return caller.isIn("system:authenticated") ? USER : STRANGER;
    }

    /** The part of a memory of that many bytes. */
    public long partOf(long bytes) {
        return bytes * shares / ALL_SHARES;
    }

    /** How many connections, and how many watches, logs and the like, one user may have open. */
    public int mostOfUser() {
        return mostOfUser;
    }

    public boolean isTrusted() {
        return this == PLATFORM;
    }
}
