package dev.gantry.controller.identity.bootstraptoken;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Signs {@code kube-public/cluster-info}, where somebody made one, with every token. */
public final class BootstrapSigner implements Controller {
    private static final ObjectKey CLUSTER_INFO =
            new ObjectKey(Resources.CONFIG_MAPS, "kube-public", "cluster-info");
    private static final String KUBECONFIG = "kubeconfig";
    private static final String SIGNATURE = "jws-kubeconfig-";

    @Override
    public String component() {
        return "bootstrap-signer-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(Resources.CONFIG_MAPS, Resources.SECRETS);
    }

    @Override
    public boolean readsWhole(ObjectKey key) {
        return key.resource().equals(Resources.SECRETS) || key.equals(CLUSTER_INFO);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        boolean isOfToken = change.isOf(Resources.SECRETS) && TokenSecret.isOne(change.newest());
        if (isOfToken || change.key().equals(CLUSTER_INFO)) {
            enqueue.accept(CLUSTER_INFO);
        }
    }

    @Override
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        if (cluster.get(key).isEmpty()) {
            return LiveReads.NONE;
        }
        List<ObjectKey> wanted = new ArrayList<>(List.of(key));
        tokens(cluster).forEach(each -> wanted.add(each.key(Resources.SECRETS)));
        return LiveReads.objects(wanted);
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        Optional<Resource> info = cluster.get(key).filter(each -> !each.isBeingDeleted());
        if (info.isEmpty() || !info.get().tree().path("data").path(KUBECONFIG).isString()) {
            return Plan.settled();
        }
        JsonNode data = info.get().tree().path("data");
        List<TokenSecret> signing = signing(cluster, now);
        SortedMap<String, String> wanted = new TreeMap<>();
        for (TokenSecret each : signing) {
            wanted.put(
                    SIGNATURE + each.id(),
                    DetachedSignature.of(
                            Resource.text(data, KUBECONFIG), each.id(), each.secret()));
        }
        Plan<Action> plan =
                signatures(data).equals(wanted)
                        ? Plan.settled()
                        : Plan.of(
                                List.of(
                                        new Action.Update(
                                                Resources.CONFIG_MAPS,
                                                signed(info.get(), wanted))));
        return signing.stream()
                .flatMap(each -> each.expiry().stream())
                .min(Instant::compareTo)
                .map(plan::requeueAt)
                .orElse(plan);
    }

    private static Resource signed(Resource info, SortedMap<String, String> signatures) {
        Resource next = info.copy();
        ObjectNode data = Resource.child(next.tree(), "data");
        data.remove(signatures(data).keySet());
        signatures.forEach(data::put);
        return next;
    }

    private static SortedMap<String, String> signatures(JsonNode data) {
        SortedMap<String, String> found = new TreeMap<>();
        for (var each : data.properties()) {
            if (each.getKey().startsWith(SIGNATURE)) {
                found.put(each.getKey(), each.getValue().asString(""));
            }
        }
        return found;
    }

    /** With what the API has of them now. */
    private static List<TokenSecret> signing(ClusterReader cluster, Instant now) {
        return tokens(cluster).stream()
                .flatMap(each -> cluster.get(each.key(Resources.SECRETS)).stream())
                .map(TokenSecret::new)
                .filter(each -> each.signs(now))
                .toList();
    }

    private static List<Resource> tokens(ClusterReader cluster) {
        return cluster.list(Resources.SECRETS, TokenSecret.NAMESPACE).stream()
                .filter(TokenSecret::isOne)
                .toList();
    }
}
