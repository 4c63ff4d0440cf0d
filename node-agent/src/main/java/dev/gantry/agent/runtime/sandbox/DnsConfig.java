package dev.gantry.agent.runtime.sandbox;

import java.util.List;

/** The content of a resolv.conf. */
public record DnsConfig(List<String> servers, List<String> searches, List<String> options) {}
