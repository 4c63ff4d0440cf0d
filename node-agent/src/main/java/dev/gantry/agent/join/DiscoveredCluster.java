package dev.gantry.agent.join;

import dev.gantry.model.meta.Resource;
import tools.jackson.databind.JsonNode;

/**
 * What {@code kube-public/cluster-info} says: a kubeconfig without a user, and a signature of it
 * with each token.
 */
public record DiscoveredCluster(JsonNode content) {
    public static DiscoveredCluster of(Resource map) {
        return new DiscoveredCluster(map.tree().path("data"));
    }

    /** The kubeconfig; throws {@link CannotJoin} where the token does not vouch for it. */
    public String vouchedFor(JoinToken token) {
        String kubeconfig = Resource.text(content, "kubeconfig");
        String signature = Resource.text(content, "jws-kubeconfig-" + token.id());
        if (kubeconfig.isEmpty() || signature.isEmpty()) {
            throw new CannotJoin(
                    ("the cluster does not know the token %s, or not any more: tokens expire. Make"
                                    + " a new one there: ./gantry token create")
                            .formatted(token.id()));
        }
        if (!token.hasSigned(kubeconfig, signature)) {
            throw new CannotJoin(
                    ("the token %s is wrong: what the cluster says of itself is signed with"
                                    + " another secret")
                            .formatted(token.id()));
        }
        return kubeconfig;
    }
}
