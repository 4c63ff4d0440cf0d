package dev.gantry.gateway.fairness;

import dev.gantry.authorization.Access;
import dev.gantry.authorization.RbacPolicy;
import dev.gantry.model.exchange.Caller;

/** How important a request is to the cluster, and how much of the gateway it may take. */
public enum PriorityLevel {
    /** Never waits: administrators who repair, and probes that decide on life and death. */
    EXEMPT(60, Integer.MAX_VALUE),
    NODES(70, 1_000),
    LEADER_ELECTION(10, Integer.MAX_VALUE),
    CONTROL_PLANE(60, Integer.MAX_VALUE),
    WORKLOADS(100, 1_000),
    PEOPLE(60, 1_000),
    STRANGERS(5, 50);

    /** Requests at once over all levels; compat: twice upstream's default of 400 and 200. */
    private static final int READS = 800;

    private static final int WRITES = 400;

    /** Of those who may have to wait. */
    private static final int ALL_SHARES = 305;

    private final int shares;
    private final int mostOpen;

    PriorityLevel(int shares, int mostOpen) {
        this.shares = shares;
        this.mostOpen = mostOpen;
    }

    public int seats(boolean forReads) {
        return Math.max(5, (forReads ? READS : WRITES) * shares / ALL_SHARES);
    }

    /** The part of a memory of that many bytes. */
    public long partOf(long bytes) {
        return bytes * shares / (ALL_SHARES + EXEMPT.shares);
    }

    /** Whose users are parts of the platform, or its masters, and may take all that there is. */
    public boolean isTrusted() {
        return mostOpen == Integer.MAX_VALUE;
    }

    /** How many connections one user may have at once. */
    public int connections() {
        return mostOpen;
    }

    /** How many watches, logs and the like one user may have open at once. */
    public int streams() {
        return mostOpen;
    }

    public static PriorityLevel of(Caller caller, Access access) {
        if (isProbe(access)) {
            return EXEMPT;
        }
        PriorityLevel level = of(caller);
        return level == CONTROL_PLANE && access.plural().equals("leases") ? LEADER_ELECTION : level;
    }

    /** Whatever the caller asks. */
    public static PriorityLevel of(Caller caller) {
        if (caller.isIn(RbacPolicy.MASTERS)) {
            return EXEMPT;
        }
        if (caller.isIn("system:nodes")) {
            return NODES;
        }
        boolean isOurs =
                caller.user().startsWith("system:kube-")
                        || caller.user().startsWith("system:gantry:")
                        || caller.isIn("system:serviceaccounts:kube-system");
        if (isOurs) {
            return CONTROL_PLANE;
        }
        if (caller.isIn("system:serviceaccounts")) {
            return WORKLOADS;
        }
        return caller.isIn("system:authenticated") ? PEOPLE : STRANGERS;
    }

    private static boolean isProbe(Access access) {
        String path = access.path();
        return !access.isResource()
                && (path.startsWith("/healthz")
                        || path.startsWith("/livez")
                        || path.startsWith("/readyz"));
    }
}
