package dev.gantry.model.kind;

/** Where the objects of a kind live. */
public enum Scope {
    NAMESPACED,
    CLUSTER
}
