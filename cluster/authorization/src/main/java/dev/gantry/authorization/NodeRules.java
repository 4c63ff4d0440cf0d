package dev.gantry.authorization;

import java.util.List;

/**
 * What every node may do; what depends on its own pods is {@link NodeAuthorizer}'s matter.
 *
 * <p>An agent also routes Services and answers DNS, so that it reads what upstream lets kube-proxy
 * and CoreDNS read.
 */
public final class NodeRules {
    private static final String READ = "get,list,watch";
    private static final String RECORD = "create,patch,update";

    public static final List<PolicyRule> RULES =
            List.of(
                    rule("create", "authentication.k8s.io", "tokenreviews"),
                    rule(
                            "create",
                            "authorization.k8s.io",
                            "localsubjectaccessreviews,subjectaccessreviews"),
                    rule(READ, "", "endpoints,namespaces,services"),
                    rule(READ, "discovery.k8s.io", "endpointslices"),
                    rule("create,get,list,watch", "", "nodes"),
                    rule(RECORD, "", "events"),
                    rule(RECORD, "events.k8s.io", "events"),
                    rule(
                            "create,get,list,watch",
                            "certificates.k8s.io",
                            "certificatesigningrequests"),
                    rule(READ, "scheduling.k8s.io", "priorityclasses"),
                    rule(READ, "storage.k8s.io", "csidrivers"),
                    rule(READ, "node.k8s.io", "runtimeclasses"));

    private NodeRules() {}

    private static PolicyRule rule(String verbs, String group, String resources) {
        return PolicyRule.resources(
                List.of(verbs.split(",")), group, List.of(resources.split(",")));
    }
}
