package dev.gantry.agent.edge;

import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The cluster's objects as this node may see them. Throws {@link EdgeFault} where it is away. */
public interface ClusterObjects {
    Optional<Resource> get(ObjectKey key);

    /** This node, with its labels and taints, as far as it is known here; never blocks. */
    Optional<Resource> node();

    /** Every pod that is bound to this node. */
    List<Resource> podsOfNode();

    /** Services as far as they are known here; never blocks. */
    List<Resource> services();

    /**
     * A token of the pod's service account, bound to the pod.
     *
     * @param audience empty for the API server
     */
    ServiceToken token(PodSpec pod, String audience, Duration lifetime);
}
