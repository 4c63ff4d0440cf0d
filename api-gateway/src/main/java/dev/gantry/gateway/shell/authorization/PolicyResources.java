package dev.gantry.gateway.shell.authorization;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The four kinds that say who may do what. */
final class PolicyResources {
    static final List<Kind> KINDS =
            List.of(Kinds.CLUSTER_ROLE, Kinds.CLUSTER_ROLE_BINDING, Kinds.ROLE, Kinds.ROLE_BINDING);

    private PolicyResources() {}

    static Set<GroupResource> all() {
        return KINDS.stream().map(Kind::resource).collect(Collectors.toSet());
    }

    static ObjectKey keyOf(Resource object) {
        for (Kind kind : KINDS) {
            if (kind.kindName().equals(object.kind())) {
                return object.key(kind.resource());
            }
        }
        throw new IllegalArgumentException(object.kind() + " is no kind of access rule");
    }
}
