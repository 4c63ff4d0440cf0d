package dev.gantry.gateway.fairness;

import dev.gantry.gateway.authorization.Access;
import dev.gantry.gateway.authorization.RbacPolicy;
import dev.gantry.model.exchange.Caller;

/** How important a request is to the cluster, and how much of the gateway it may take. */
public enum PriorityLevel {
    /** Never waits: administrators who repair, and probes that decide on life and death. */
    EXEMPT(0),
    NODES(70),
    LEADER_ELECTION(10),
    CONTROL_PLANE(60),
    WORKLOADS(100),
    PEOPLE(60),
    STRANGERS(5);

    /** Requests at once over all levels; compat: twice upstream's default of 400 and 200. */
    private static final int READS = 800;

    private static final int WRITES = 400;
    private static final int ALL_SHARES = 305;

    private final int shares;

    PriorityLevel(int shares) {
        this.shares = shares;
    }

    public int seats(boolean forReads) {
        return Math.max(5, (forReads ? READS : WRITES) * shares / ALL_SHARES);
    }

    public static PriorityLevel of(Caller caller, Access access) {
        if (caller.isIn(RbacPolicy.MASTERS) || isProbe(access)) {
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
            return access.plural().equals("leases") ? LEADER_ELECTION : CONTROL_PLANE;
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
