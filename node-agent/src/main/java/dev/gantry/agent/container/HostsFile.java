package dev.gantry.agent.container;

import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/**
 * The content of a pod's /etc/hosts.
 *
 * <p>Compat: {@code managedHostsFileContent} of {@code pkg/kubelet/kubelet_pods.go}.
 */
public final class HostsFile {
    private static final String START =
            """
            # Kubernetes-managed hosts file.
            127.0.0.1\tlocalhost
            ::1\tlocalhost ip6-localhost ip6-loopback
            fe00::0\tip6-localnet
            fe00::0\tip6-mcastprefix
            fe00::1\tip6-allnodes
            fe00::2\tip6-allrouters
            """;

    private HostsFile() {}

    /**
     * @param ofNode the node's own file, for pods on its network
     */
    public static String of(PodSpec pod, NodeFacts node, List<String> podIps, String ofNode) {
        String aliases = aliases(pod.spec().path("hostAliases"));
        if (pod.isOnHostNetwork()) {
            return "# Kubernetes-managed hosts file (host network).\n" + ofNode + aliases;
        }
        var text = new StringBuilder(START);
        String host = pod.hostname();
        String domain = pod.domain(node.clusterDomain());
        String full = domain.isEmpty() ? "" : host + "." + domain + "\t";
        for (String ip : podIps) {
            text.append(ip).append('\t').append(full).append(host).append('\n');
        }
        return text.append(aliases).toString();
    }

    private static String aliases(JsonNode aliases) {
        if (aliases.isEmpty()) {
            return "";
        }
        var text = new StringBuilder("\n# Entries added by HostAliases.\n");
        for (JsonNode each : aliases) {
            var names = new StringJoiner("\t");
            each.path("hostnames").forEach(name -> names.add(name.asString("")));
            text.append(Resource.text(each, "ip")).append('\t').append(names).append('\n');
        }
        return text.toString();
    }
}
