package dev.gantry.controller.policy.resourcequota;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.quota.QuotaUsage;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Reconciles a quota when it changes, or something in its namespace takes more or less. */
public final class ResourceQuotaController implements Controller {
    static final GroupResource QUOTAS = Resources.RESOURCE_QUOTAS;
    private static final GroupResource DEFINITIONS = Kinds.CUSTOM_RESOURCE_DEFINITION.resource();

    /** Of which a quota counts more than how many there are, and itself. */
    private static final Set<GroupResource> MEASURED =
            Set.of(
                    QUOTAS,
                    Resources.PODS,
                    Resources.SERVICES,
                    Resources.PERSISTENT_VOLUME_CLAIMS,
                    Resources.RESOURCE_CLAIMS);

    private final ResourceQuotaReconciler reconciler = new ResourceQuotaReconciler();

    @Override
    public String component() {
        return "resourcequota-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        Set<GroupResource> watched = countable(Kinds.ALL);
        watched.add(DEFINITIONS);
        return watched;
    }

    @Override
    public boolean watchesCustomResources() {
        return true;
    }

    @Override
    public boolean readsWhole(ObjectKey key) {
        return MEASURED.contains(key.resource());
    }

    /** All that a quota may count; events and leases it does not know. */
    private static Set<GroupResource> countable(List<Kind> kinds) {
        Set<GroupResource> countable = new TreeSet<>();
        for (Kind kind : kinds) {
            boolean isCounted = !kind.equals(Kinds.EVENT) && !kind.equals(Kinds.LEASE);
            if (kind.isNamespaced() && isCounted) {
                countable.add(kind.resource());
            }
        }
        return countable;
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(DEFINITIONS)) {
            definitionChanged(change.newest(), cluster, enqueue);
            return;
        }
        List<Resource> quotas = cluster.list(QUOTAS, change.key().namespace());
        if (change.isOf(QUOTAS)) {
            enqueue.accept(change.key());
        }
        if (!quotas.isEmpty() && isOther(change)) {
            quotas.forEach(each -> enqueue.accept(each.key(QUOTAS)));
        }
    }

    /** Quotas that limit objects of the kind may count them from now on. */
    private static void definitionChanged(
            Resource definition, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        // Its name is plural and group of the kind that it defines.
        String count = "count/" + definition.name();
        for (Resource quota : cluster.list(QUOTAS)) {
            if (quota.spec().path("hard").has(count)) {
                enqueue.accept(quota.key(QUOTAS));
            }
        }
    }

    /**
     * Whether the object takes something else than before.
     *
     * <p>Cost: most changes are of statuses; they are compared, and no quota is added up.
     */
    private boolean isOther(Change change) {
        if (change.before().isEmpty() || change.after().isEmpty()) {
            return true;
        }
        if (!readsWhole(change.key())) {
            return false;
        }
        GroupResource resource = change.key().resource();
        Instant always = Instant.EPOCH;
        Resource before = change.before().get();
        Resource after = change.after().get();
        return !QuotaUsage.of(resource, before, always)
                        .equals(QuotaUsage.of(resource, after, always))
                || !before.spec().equals(after.spec());
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return ResourceQuotaView.of(key, cluster, countable(cluster.kinds()))
                .map(view -> reconciler.reconcile(view, now))
                .orElse(Plan.settled());
    }
}
