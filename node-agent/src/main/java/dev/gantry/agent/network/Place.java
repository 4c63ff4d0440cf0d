package dev.gantry.agent.network;

/**
 * Where packets are handled.
 *
 * @param zone of the node; empty where it has none
 */
public record Place(String node, String zone) {}
