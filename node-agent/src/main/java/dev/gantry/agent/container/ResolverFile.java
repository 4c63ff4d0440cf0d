package dev.gantry.agent.container;

import dev.gantry.agent.runtime.sandbox.DnsConfig;
import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import tools.jackson.databind.JsonNode;

/**
 * How a pod's names are resolved.
 *
 * <p>Compat: {@code pkg/kubelet/network/dns/dns.go}, its limits on servers and search domains
 * included.
 */
public final class ResolverFile {
    private static final int MAX_SERVERS = 3;
    private static final int MAX_SEARCHES = 32;

    private ResolverFile() {}

    /**
     * @param ofNode what the node's own resolv.conf says
     */
    public static DnsConfig of(PodSpec pod, NodeFacts node, DnsConfig ofNode) {
        DnsConfig start =
                switch (policy(pod)) {
                    case "None" -> new DnsConfig(List.of(), List.of(), List.of());
                    case "Default" -> ofNode;
                    default -> cluster(pod, node, ofNode);
                };
        return merged(start, pod.spec().path("dnsConfig"));
    }

    public static DnsConfig parse(String file) {
        List<String> servers = new ArrayList<>();
        List<String> searches = new ArrayList<>();
        List<String> options = new ArrayList<>();
        for (String line : file.lines().toList()) {
            List<String> words = List.of(line.strip().split("\\s+"));
            List<String> rest = words.subList(1, words.size());
            switch (words.getFirst()) {
                case "nameserver" -> servers.addAll(rest);
                case "search" -> searches = new ArrayList<>(rest);
                case "options" -> options.addAll(rest);
                default -> {}
            }
        }
        return new DnsConfig(servers, searches, options);
    }

    /** Compat: on the node's network, ClusterFirst means what the node uses. */
    private static String policy(PodSpec pod) {
        String given = Resource.text(pod.spec(), "dnsPolicy");
        boolean isClusterFirst = given.isEmpty() || given.equals("ClusterFirst");
        return isClusterFirst && pod.isOnHostNetwork() ? "Default" : given;
    }

    private static DnsConfig cluster(PodSpec pod, NodeFacts node, DnsConfig ofNode) {
        String domain = node.clusterDomain();
        List<String> searches = new ArrayList<>();
        searches.add(pod.namespace() + ".svc." + domain);
        searches.add("svc." + domain);
        searches.add(domain);
        searches.addAll(ofNode.searches());
        return new DnsConfig(node.clusterDns(), searches, List.of("ndots:5"));
    }

    private static DnsConfig merged(DnsConfig start, JsonNode own) {
        SequencedSet<String> servers = new LinkedHashSet<>(start.servers());
        own.path("nameservers").forEach(each -> servers.add(each.asString("")));
        SequencedSet<String> searches = new LinkedHashSet<>(start.searches());
        own.path("searches").forEach(each -> searches.add(each.asString("")));
        List<String> options = new ArrayList<>(start.options());
        for (JsonNode each : own.path("options")) {
            String name = Resource.text(each, "name");
            options.removeIf(before -> before.equals(name) || before.startsWith(name + ":"));
            String value = Resource.text(each, "value");
            options.add(value.isEmpty() ? name : name + ":" + value);
        }
        return new DnsConfig(
                servers.stream().limit(MAX_SERVERS).toList(),
                searches.stream().limit(MAX_SEARCHES).toList(),
                options);
    }
}
