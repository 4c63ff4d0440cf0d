package dev.gantry.controller.shell;

import dev.gantry.client.duty.Duty;
import dev.gantry.client.shell.actor.Actors;
import dev.gantry.client.shell.actor.Performer;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.event.EventRecorder;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.start.SettingSource;
import dev.gantry.controller.account.EquipmentDuty;
import dev.gantry.controller.aggregate.AggregateDuty;
import dev.gantry.controller.deployment.DeploymentDuty;
import dev.gantry.controller.devicetaint.DeviceTaintDuty;
import dev.gantry.controller.disruption.DisruptionDuty;
import dev.gantry.controller.disruption.StaleDisruptionDuty;
import dev.gantry.controller.endpoints.EndpointsDuty;
import dev.gantry.controller.ephemeral.EphemeralDuty;
import dev.gantry.controller.garbage.GarbageDuty;
import dev.gantry.controller.ipam.IpamDuty;
import dev.gantry.controller.mirror.MirrorDuty;
import dev.gantry.controller.namespace.NamespaceDuty;
import dev.gantry.controller.podgc.PodGcDuty;
import dev.gantry.controller.protection.ClaimProtectionDuty;
import dev.gantry.controller.protection.VolumeProtectionDuty;
import dev.gantry.controller.replicaset.ReplicaSetDuty;
import dev.gantry.controller.resourceclaim.ResourceClaimDuty;
import dev.gantry.controller.slice.SliceDuty;
import dev.gantry.controller.volume.BinderDuty;
import dev.gantry.model.address.AddressBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the controllers together. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    private static final String POD_RANGES = "10.244.0.0/16,fd00:10:244::/56";
    private static final int REQUESTS_AT_ONCE = 48;
    private static final int FINISHED_PODS_KEPT = 12_500;

    @Bean
    KafkaSettings kafkaSettings(SettingSource settings) {
        return settings.kafka();
    }

    @Bean
    ClusterApi clusterApi(SettingSource settings) throws IOException {
        return ClusterApi.fromKubeconfig(settings.kubeconfig(), "kube-controller-manager");
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    EventRecorder eventRecorder(ClusterApi api) {
        return new EventRecorder("controllers", api);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Actors actors(KafkaSettings kafka, ClusterApi api, EventRecorder events, SettingSource settings)
            throws IOException {
        var performer = new Performer(api, events, REQUESTS_AT_ONCE);
        return new Actors("controllers", duties(settings), kafka, new ObjectCache(), performer);
    }

    private static List<Duty> duties(SettingSource settings) throws IOException {
        List<Duty> duties = new ArrayList<>();
        duties.add(new DeploymentDuty());
        duties.add(new ReplicaSetDuty());
        duties.add(new EndpointsDuty());
        duties.add(new SliceDuty());
        duties.add(new MirrorDuty());
        duties.add(new IpamDuty(podRanges(settings)));
        duties.add(EquipmentDuty.defaultAccount());
        duties.add(
                EquipmentDuty.rootCertificate(Files.readString(settings.pki().resolve("ca.crt"))));
        duties.add(new NamespaceDuty());
        duties.add(new GarbageDuty());
        duties.add(new PodGcDuty(FINISHED_PODS_KEPT));
        duties.add(new AggregateDuty());
        duties.add(new DisruptionDuty());
        duties.add(new StaleDisruptionDuty());
        duties.add(new BinderDuty());
        duties.add(new VolumeProtectionDuty());
        duties.add(new ClaimProtectionDuty());
        duties.add(new EphemeralDuty());
        duties.add(new ResourceClaimDuty());
        duties.add(new DeviceTaintDuty());
        return List.copyOf(duties);
    }

    private static List<AddressBlock> podRanges(SettingSource settings) {
        String name = "gantry.controller.pod-cidrs";
        List<AddressBlock> ranges = new ArrayList<>();
        for (String each : settings.list(name, POD_RANGES)) {
            ranges.add(
                    AddressBlock.parse(each)
                            .orElseThrow(() -> settings.wrong(name, "ranges as in " + POD_RANGES)));
        }
        return ranges;
    }
}
