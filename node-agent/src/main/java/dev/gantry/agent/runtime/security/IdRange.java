package dev.gantry.agent.runtime.security;

/** Ids of users and groups of the node, from {@code first} on. */
public record IdRange(long first, long count) {}
