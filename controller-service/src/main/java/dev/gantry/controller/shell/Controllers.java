package dev.gantry.controller.shell;

import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.WholeObjects;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.controller.ControllerRuntime;
import dev.gantry.client.shell.controller.Performer;
import dev.gantry.client.shell.election.LeaderElector;
import dev.gantry.client.shell.event.EventRecorder;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.management.Component;
import dev.gantry.client.shell.management.ManagementServer;
import dev.gantry.client.shell.metrics.MetricsPage;
import dev.gantry.client.shell.metrics.ProcessMetrics;
import dev.gantry.client.shell.start.SettingSource;
import dev.gantry.controller.identity.accounttoken.AccountTokenController;
import dev.gantry.controller.identity.bootstraptoken.BootstrapSigner;
import dev.gantry.controller.identity.bootstraptoken.TokenCleaner;
import dev.gantry.controller.identity.clusterroleaggregation.ClusterRoleAggregationController;
import dev.gantry.controller.identity.csrapproving.CsrApprovingController;
import dev.gantry.controller.identity.csrcleaner.CsrCleaner;
import dev.gantry.controller.identity.csrsigning.CsrSigningController;
import dev.gantry.controller.identity.rootca.RootCaPublisher;
import dev.gantry.controller.identity.serviceaccount.ServiceAccountController;
import dev.gantry.controller.lifecycle.garbagecollector.GarbageCollector;
import dev.gantry.controller.lifecycle.namespace.NamespaceController;
import dev.gantry.controller.lifecycle.podgc.PodGcController;
import dev.gantry.controller.network.endpoints.EndpointsController;
import dev.gantry.controller.network.endpointslice.EndpointSliceController;
import dev.gantry.controller.network.endpointslicemirroring.EndpointSliceMirroringController;
import dev.gantry.controller.network.loadbalancer.LoadBalancerController;
import dev.gantry.controller.network.servicecidr.ClusterIpRepairController;
import dev.gantry.controller.network.servicecidr.ServiceCidrController;
import dev.gantry.controller.node.devicetainteviction.DeviceTaintEvictionController;
import dev.gantry.controller.node.ipam.NodeIpamController;
import dev.gantry.controller.node.resourceclaim.ResourceClaimController;
import dev.gantry.controller.node.ttl.TtlController;
import dev.gantry.controller.policy.disruption.DisruptionController;
import dev.gantry.controller.policy.disruption.StaleDisruptionController;
import dev.gantry.controller.policy.resourcequota.ResourceQuotaController;
import dev.gantry.controller.shell.signing.KeyAuthority;
import dev.gantry.controller.storage.attachdetach.AttachDetachController;
import dev.gantry.controller.storage.ephemeralvolume.EphemeralVolumeController;
import dev.gantry.controller.storage.localvolume.LocalVolumeController;
import dev.gantry.controller.storage.persistentvolume.PersistentVolumeController;
import dev.gantry.controller.storage.volumeexpand.VolumeExpandController;
import dev.gantry.controller.storage.volumeprotection.PvProtectionController;
import dev.gantry.controller.storage.volumeprotection.PvcProtectionController;
import dev.gantry.controller.storage.volumeprotection.VacProtectionController;
import dev.gantry.controller.workload.cronjob.CronJobController;
import dev.gantry.controller.workload.daemonset.DaemonSetController;
import dev.gantry.controller.workload.deployment.DeploymentController;
import dev.gantry.controller.workload.job.JobController;
import dev.gantry.controller.workload.podautoscaler.AutoscalerSettings;
import dev.gantry.controller.workload.podautoscaler.HorizontalPodAutoscalerController;
import dev.gantry.controller.workload.podgroup.PodGroupProtectionController;
import dev.gantry.controller.workload.replicaset.ReplicaSetController;
import dev.gantry.controller.workload.statefulset.StatefulSetController;
import dev.gantry.controller.workload.ttlafterfinished.TtlAfterFinishedController;
import dev.gantry.model.address.AddressBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The running controllers: one feed and one cache for all of them, and one lease.
 *
 * <p>Compat: the lease is that of kube-controller-manager, which runs the same controllers.
 */
final class Controllers implements AutoCloseable {
    private static final String NAME = "kube-controller-manager";
    private static final Component MANAGEMENT =
            new Component(NAME, "gantry.controller.management-");
    private static final String POD_CIDRS = "gantry.controller.pod-cidrs";
    private static final String POD_RANGES = "10.244.0.0/16,fd00:10:244::/56";
    private static final int REQUESTS_AT_ONCE = 48;
    private static final int FINISHED_PODS_KEPT = 12_500;

    private final EventRecorder events;
    private final ControllerRuntime runtime;
    private final LeaderElector elector;
    private final Optional<ManagementServer> management;

    private Controllers(SettingSource settings) throws IOException {
        var api = ClusterApi.fromKubeconfig(settings.kubeconfig(), NAME);
        this.events = new EventRecorder("controllers", api);
        var performer = new Performer(api, events, REQUESTS_AT_ONCE);
        List<Controller> controllers = controllers(settings);
        this.runtime =
                new ControllerRuntime(
                        "controllers",
                        controllers,
                        settings.kafka(),
                        new ObjectCache(new WholeObjects(controllers)),
                        performer);
        this.elector = new LeaderElector(api, NAME, LeaderElector.identity(), runtime);
        var metrics =
                new MetricsPage(
                        List.of(
                                runtime.queues()::append,
                                api.metrics()::append,
                                elector::append,
                                ProcessMetrics::append));
        this.management =
                ManagementServer.open(
                        settings, MANAGEMENT, metrics, runtime::isCaughtUp, Optional.of(api));
    }

    static Controllers open(SettingSource settings) throws IOException {
        var opened = new Controllers(settings);
        opened.events.start();
        opened.runtime.start();
        opened.elector.start();
        return opened;
    }

    /** The lease is released last, when nothing is performed any more. */
    @Override
    public void close() {
        management.ifPresent(ManagementServer::close);
        runtime.close();
        elector.close();
        events.close();
    }

    private static List<Controller> controllers(SettingSource settings) throws IOException {
        List<Controller> controllers = new ArrayList<>();
        controllers.add(new DeploymentController());
        controllers.add(new ReplicaSetController());
        controllers.add(ReplicaSetController.ofReplicationControllers());
        controllers.add(new StatefulSetController());
        controllers.add(new DaemonSetController());
        controllers.add(new JobController());
        controllers.add(new CronJobController());
        controllers.add(new TtlAfterFinishedController());
        controllers.add(new PodGroupProtectionController());
        controllers.add(new HorizontalPodAutoscalerController(autoscaling(settings)));
        controllers.add(new EndpointsController());
        controllers.add(new EndpointSliceController());
        controllers.add(new EndpointSliceMirroringController());
        loadBalancing(settings).ifPresent(controllers::add);
        controllers.add(new ServiceCidrController());
        controllers.add(new ClusterIpRepairController());
        controllers.add(new NodeIpamController(ranges(settings, POD_CIDRS, POD_RANGES)));
        controllers.add(new TtlController());
        controllers.add(new ServiceAccountController());
        String certificate = Files.readString(settings.pki().resolve("ca.crt"));
        controllers.add(new RootCaPublisher(certificate));
        controllers.add(new AccountTokenController(certificate));
        controllers.add(new CsrCleaner());
        controllers.add(new CsrApprovingController(KeyAuthority::subjectOf));
        controllers.add(new BootstrapSigner());
        controllers.add(new TokenCleaner());
        controllers.add(new NamespaceController());
        controllers.add(new GarbageCollector());
        controllers.add(new PodGcController(FINISHED_PODS_KEPT));
        controllers.add(new ClusterRoleAggregationController());
        controllers.add(new DisruptionController());
        controllers.add(new StaleDisruptionController());
        controllers.add(new ResourceQuotaController());
        controllers.add(new PersistentVolumeController());
        controllers.add(new LocalVolumeController());
        controllers.add(new AttachDetachController());
        controllers.add(new VolumeExpandController());
        controllers.add(new PvProtectionController());
        controllers.add(new PvcProtectionController());
        controllers.add(new VacProtectionController());
        controllers.add(new EphemeralVolumeController());
        controllers.add(new ResourceClaimController());
        controllers.add(new DeviceTaintEvictionController());
        signing(settings).ifPresent(controllers::add);
        return List.copyOf(controllers);
    }

    /** Only where the cluster's key is at hand: elsewhere, others sign. */
    private static Optional<Controller> signing(SettingSource settings) throws IOException {
        String name = "gantry.controller.cluster-signing-key-file";
        if (settings.find(name).isEmpty()) {
            return Optional.empty();
        }
        Path key = settings.readableFile(name, "the key of the cluster's certificate authority");
        var authority = KeyAuthority.read(settings.pki().resolve("ca.crt"), key);
        return Optional.of(new CsrSigningController(authority));
    }

    private static AutoscalerSettings autoscaling(SettingSource settings) {
        String name = "gantry.controller.autoscaler-sync-period-seconds";
        return AutoscalerSettings.every(Duration.ofSeconds(settings.number(name, 15, 1, 3600)));
    }

    /** Only where there are addresses to give: else, load balancers are somebody else's. */
    private static Optional<Controller> loadBalancing(SettingSource settings) {
        List<AddressBlock> ranges = ranges(settings, "gantry.controller.load-balancer-ranges", "");
        return ranges.isEmpty()
                ? Optional.empty()
                : Optional.of(new LoadBalancerController(ranges));
    }

    private static List<AddressBlock> ranges(
            SettingSource settings, String name, String otherwise) {
        List<AddressBlock> ranges = new ArrayList<>();
        for (String each : settings.list(name, otherwise)) {
            ranges.add(
                    AddressBlock.parse(each)
                            .orElseThrow(() -> settings.wrong(name, "ranges as in " + POD_RANGES)));
        }
        return ranges;
    }
}
