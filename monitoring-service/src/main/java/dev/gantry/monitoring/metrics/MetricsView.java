package dev.gantry.monitoring.metrics;

import dev.gantry.model.meta.Resource;
import dev.gantry.monitoring.usage.NodeRates;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The nodes and pods of the cluster and what they use, as of one moment. */
public interface MetricsView {
    Instant now();

    List<Resource> nodes();

    Optional<Resource> node(String name);

    /** Those of all namespaces where it is empty. */
    List<Resource> pods(String namespace);

    Optional<Resource> pod(String namespace, String name);

    /** Empty where nothing recent is known of the node. */
    Optional<NodeRates> rates(String node);
}
