package dev.gantry.gateway.authorization.bootstrap;

import static dev.gantry.gateway.authorization.bootstrap.RoleText.READ;
import static dev.gantry.gateway.authorization.bootstrap.RoleText.rule;

import dev.gantry.gateway.authorization.PolicyRule;
import java.util.List;

/**
 * What every node may do, whoever it is; what depends on its own pods is the Node authorizer's
 * matter.
 *
 * <p>An agent also routes Services and answers DNS, so that it reads what upstream lets kube-proxy
 * and CoreDNS read.
 */
public final class NodeRules {
    public static final List<PolicyRule> RULES =
            List.of(
                    rule("create", "authentication.k8s.io", "tokenreviews"),
                    rule(
                            "create",
                            "authorization.k8s.io",
                            "localsubjectaccessreviews,subjectaccessreviews"),
                    rule(READ, "", "endpoints,services"),
                    rule(READ, "discovery.k8s.io", "endpointslices"),
                    rule("create,get,list,watch", "", "nodes"),
                    rule("create,patch,update", "", "events"),
                    rule("create,patch,update", "events.k8s.io", "events"),
                    rule(
                            "create,get,list,watch",
                            "certificates.k8s.io",
                            "certificatesigningrequests"),
                    rule(READ, "storage.k8s.io", "csidrivers"),
                    rule(READ, "node.k8s.io", "runtimeclasses"));

    private NodeRules() {}
}
