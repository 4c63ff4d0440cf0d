package dev.gantry.cli.shell;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads all that decides where pods go, page by page, several kinds at once. */
final class ClusterReader {
    private static final List<Kind> NEEDED = List.of(Kinds.NODE, Kinds.POD);

    /** Who may not read these gets an answer without them. */
    private static final List<Kind> HELPFUL =
            List.of(
                    Kinds.NAMESPACE,
                    Kinds.SERVICE,
                    Kinds.REPLICA_SET,
                    Kinds.DEPLOYMENT,
                    Kinds.POD_DISRUPTION_BUDGET,
                    Kinds.POD_GROUP,
                    Kinds.PERSISTENT_VOLUME,
                    Kinds.PERSISTENT_VOLUME_CLAIM,
                    Kinds.STORAGE_CLASS,
                    Kinds.CSI_NODE,
                    Kinds.VOLUME_ATTACHMENT,
                    Kinds.CSI_DRIVER,
                    Kinds.CSI_STORAGE_CAPACITY,
                    Kinds.RESOURCE_CLAIM,
                    Kinds.RESOURCE_CLAIM_TEMPLATE,
                    Kinds.RESOURCE_SLICE,
                    Kinds.DEVICE_CLASS);

    private final ClusterApi api;

    ClusterReader(ClusterApi api) {
        this.api = api;
    }

    ClusterObjects read() throws InterruptedException {
        List<Future<List<Resource>>> lists = new ArrayList<>();
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            NEEDED.forEach(kind -> lists.add(readers.submit(() -> all(kind))));
            HELPFUL.forEach(kind -> lists.add(readers.submit(() -> allThatMayBeSeen(kind))));
        }
        List<Resource> objects = new ArrayList<>();
        for (Future<List<Resource>> each : lists) {
            try {
                objects.addAll(each.get());
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof RuntimeException fault) {
                    throw fault;
                }
                throw new IllegalStateException(failed.getCause());
            }
        }
        return ClusterObjects.of(objects);
    }

    private List<Resource> all(Kind kind) {
        return api.list(kind.resource(), "", "");
    }

    private List<Resource> allThatMayBeSeen(Kind kind) {
        try {
            return all(kind);
        } catch (ApiRefused refused) {
            System.err.printf(
                    "warning: the answer may be wrong, as %s could not be read: %s%n",
                    kind.plural(), refused.getMessage());
            return List.of();
        }
    }
}
