package dev.gantry.state.definition;

/** What objects of a resource are given that there is only once in the cluster. */
public enum Allocated {
    NOTHING,

    /** Cluster IPs and node ports. */
    SERVICE_ADDRESSES
}
