package dev.gantry.controller.owner;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of some candidates an owner has, adopts, or lets go.
 *
 * <p>Compat: controller_ref_manager.go. Orphans that match are adopted unless the owner or they are
 * being deleted; controlled ones that match no more are released.
 *
 * @param owned what counts as the owner's from now on
 * @param actions the writes that make it so
 */
public record Adoption(List<Resource> owned, List<Action> actions) {
    /**
     * What the owner controls, and what nobody does.
     *
     * <p>Cost: what others control is not read, or a namespace of thousands of owners would be read
     * for each of them.
     */
    public static List<Resource> candidates(
            Resource owner, GroupResource resource, ClusterReader cluster) {
        List<Resource> candidates = new ArrayList<>();
        for (Resource each : cluster.ownedBy(owner.uid(), resource)) {
            if (Ownership.isControlledBy(each, owner.uid())) {
                candidates.add(each);
            }
        }
        candidates.addAll(cluster.orphans(resource, owner.namespace()));
        return candidates;
    }

    public static Adoption of(
            Resource owner,
            LabelSelector selector,
            GroupResource resource,
            List<Resource> candidates) {
        List<Resource> owned = new ArrayList<>();
        List<Action> actions = new ArrayList<>();
        for (Resource each : candidates) {
            boolean matches = selector.selects(each);
            if (Ownership.isControlledBy(each, owner.uid())) {
                if (matches) {
                    owned.add(each);
                } else if (!owner.isBeingDeleted()) {
                    Resource released = Ownership.released(each, owner.uid());
                    actions.add(new Action.Update(resource, released));
                }
            } else if (matches && Ownership.isOrphan(each) && mayAdopt(owner, each)) {
                owned.add(each);
                actions.add(new Action.Update(resource, Ownership.adopted(each, owner)));
            }
        }
        return new Adoption(owned, actions);
    }

    private static boolean mayAdopt(Resource owner, Resource orphan) {
        return !owner.isBeingDeleted() && !orphan.isBeingDeleted();
    }
}
