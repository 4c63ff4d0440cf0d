package dev.gantry.agent.runtime.sandbox;

/**
 * A port of the node that leads into the pod.
 *
 * @param protocol TCP, UDP or SCTP
 * @param hostIp empty for all addresses of the node
 */
public record PortMapping(String protocol, int containerPort, int hostPort, String hostIp) {}
