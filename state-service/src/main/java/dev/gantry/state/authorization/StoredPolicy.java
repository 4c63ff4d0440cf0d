package dev.gantry.state.authorization;

import dev.gantry.authorization.RbacPolicy;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.view.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The roles and bindings of a view, compiled again only when one of them has changed.
 *
 * <p>Cost: a question compares one reference for each role and binding; decoding them all is left
 * to the first question after a change.
 */
final class StoredPolicy {
    private static final List<GroupResource> RESOURCES =
            List.of(
                    Resources.CLUSTER_ROLES,
                    Resources.CLUSTER_ROLE_BINDINGS,
                    Resources.ROLES,
                    Resources.ROLE_BINDINGS);

    private record Compiled(List<StoredObject> from, RbacPolicy policy) {}

    private final View view;

    /** Threads that miss it at once compile the same twice. */
    private volatile @Nullable Compiled last;

    StoredPolicy(View view) {
        this.view = view;
    }

    RbacPolicy current() {
        List<StoredObject> now =
                RESOURCES.stream().flatMap(each -> view.list(each, "").objects().stream()).toList();
        Compiled found = last;
        if (found == null || !found.from.equals(now)) {
            found =
                    new Compiled(
                            now, RbacPolicy.of(now.stream().map(StoredObject::decode).toList()));
            last = found;
        }
        return found.policy;
    }
}
