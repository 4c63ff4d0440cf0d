package dev.gantry.controller.workload.dependent;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Which workloads of a kind a dependent concerns: the one that controls it, or all that select it
 * where nothing does.
 *
 * @param resource of the workloads
 * @param kind as owner references name it
 * @param selector of a workload
 */
public record DependentKeys(
        GroupResource resource, String kind, Function<Resource, LabelSelector> selector) {
    public void of(Resource dependent, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        Optional<Owner> owner = dependent.controller();
        if (owner.isPresent()) {
            if (owner.get().kind().equals(kind)) {
                enqueue.accept(new ObjectKey(resource, dependent.namespace(), owner.get().name()));
            }
            return;
        }
        for (Resource workload : cluster.list(resource, dependent.namespace())) {
            if (selector.apply(workload).selects(dependent)) {
                enqueue.accept(workload.key(resource));
            }
        }
    }
}
