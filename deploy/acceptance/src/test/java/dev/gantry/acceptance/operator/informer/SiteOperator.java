package dev.gantry.acceptance.operator.informer;

import dev.gantry.acceptance.operator.Lease;
import io.kubernetes.client.extended.controller.Controller;
import io.kubernetes.client.extended.controller.LeaderElectingController;
import io.kubernetes.client.extended.controller.builder.ControllerBuilder;
import io.kubernetes.client.extended.controller.reconciler.Request;
import io.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.kubernetes.client.extended.leaderelection.LeaderElector;
import io.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.informer.cache.Lister;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.util.Config;
import java.time.Duration;

/**
 * The process, to be started more than once. Finds its cluster by {@code KUBECONFIG}, or as a pod.
 *
 * <p>Arguments: the namespace, and its own name.
 */
public final class SiteOperator {
    private static final long NO_RESYNC = 0;

    private SiteOperator() {}

    public static void main(String[] arguments) throws Exception {
        String namespace = arguments[0];
        ApiClient client = Config.defaultClient();
        Apis apis = Apis.of(client);
        var informers = new SharedInformerFactory(client);
        SharedIndexInformer<Site> sites =
                informers.sharedIndexInformerFor(apis.sites(), Site.class, NO_RESYNC, namespace);
        SharedIndexInformer<V1Deployment> deployments =
                informers.sharedIndexInformerFor(
                        apis.deployments(), V1Deployment.class, NO_RESYNC, namespace);
        var reconciler =
                new SiteReconciler(
                        apis,
                        new Lister<>(sites.getIndexer()),
                        new Lister<>(deployments.getIndexer()),
                        JSON.getGson());
        Controller controller =
                ControllerBuilder.defaultBuilder(informers)
                        .withName("sites")
                        .watch(
                                queue ->
                                        ControllerBuilder.controllerWatchBuilder(Site.class, queue)
                                                .build())
                        .watch(
                                queue ->
                                        ControllerBuilder.controllerWatchBuilder(
                                                        V1Deployment.class, queue)
                                                .withWorkQueueKeyFunc(
                                                        // A Site and what it consists of have one
                                                        // name.
                                                        each ->
                                                                new Request(
                                                                        namespace,
                                                                        each.getMetadata()
                                                                                .getName()))
                                                .build())
                        .withReadyFunc(() -> sites.hasSynced() && deployments.hasSynced())
                        .withReconciler(reconciler)
                        .withWorkerCount(2)
                        .build();
        informers.startAllRegisteredInformers();
        var lock = new LeaseLock(namespace, "informer-operator", arguments[1], client);
        var election =
                new LeaderElectionConfig(
                        lock, Lease.length(), Lease.renewDeadline(), Duration.ofSeconds(2));
        new LeaderElectingController(new LeaderElector(election), controller).run();
    }
}
