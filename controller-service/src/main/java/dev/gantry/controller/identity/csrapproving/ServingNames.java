package dev.gantry.controller.identity.csrapproving;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.controller.identity.csrsigning.CertificateAuthority.Subject;
import dev.gantry.model.address.Address;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The names and addresses that a node may serve under without a person's word.
 *
 * <p>Its addresses are what the node itself says in its status, so they prove little: they must be
 * nobody else's, as far as the cluster knows. Else a node could be issued a certificate of the API
 * server's address, of another node's or of a Service's.
 */
final class ServingNames {
    private static final String PREFIX = "system:node:";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

    private ServingNames() {}

    /** Whether it is for something that a Node can be called. */
    static boolean areOfNode(Subject subject) {
        return subject.commonName().startsWith(PREFIX)
                && NAME.matcher(subject.commonName().substring(PREFIX.length())).matches();
    }

    /** The Node whose certificate it is. */
    static ObjectKey node(Subject subject) {
        return new ObjectKey(Resources.NODES, "", subject.commonName().substring(PREFIX.length()));
    }

    static boolean areOwn(Subject subject, ClusterReader cluster) {
        ObjectKey key = node(subject);
        Optional<Resource> node = cluster.get(key).filter(each -> !each.isBeingDeleted());
        if (node.isEmpty() || !subject.dnsNames().stream().allMatch(key.name()::equals)) {
            return false;
        }
        Set<String> own = new TreeSet<>();
        addNode(node.get(), own);
        own.removeAll(ofOthers(key, cluster));
        return own.containsAll(subject.addresses());
    }

    private static Set<String> ofOthers(ObjectKey own, ClusterReader cluster) {
        Set<String> others = new TreeSet<>();
        for (Resource each : cluster.list(Resources.NODES)) {
            if (!each.name().equals(own.name())) {
                addNode(each, others);
            }
        }
        for (Resource each : cluster.list(Resources.SERVICES)) {
            each.spec().path("clusterIPs").forEach(address -> add(address, others));
            each.spec().path("externalIPs").forEach(address -> add(address, others));
            each.status()
                    .at("/loadBalancer/ingress")
                    .forEach(ingress -> add(ingress.path("ip"), others));
        }
        for (Resource each : cluster.list(Resources.ENDPOINT_SLICES, "default")) {
            if ("kubernetes".equals(each.labels().get("kubernetes.io/service-name"))) {
                each.tree()
                        .path("endpoints")
                        .forEach(
                                endpoint ->
                                        endpoint.path("addresses")
                                                .forEach(address -> add(address, others)));
            }
        }
        return others;
    }

    private static void addNode(Resource node, Set<String> found) {
        node.status().path("addresses").forEach(each -> add(each.path("address"), found));
    }

    private static void add(JsonNode text, Set<String> found) {
        Address.parse(text.asString("")).ifPresent(each -> found.add(each.toString()));
    }
}
