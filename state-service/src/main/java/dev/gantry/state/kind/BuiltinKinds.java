package dev.gantry.state.kind;

import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.kind.admissionregistration.policy.MutatingAdmissionPolicyKind;
import dev.gantry.state.kind.admissionregistration.policy.ValidatingAdmissionPolicyKind;
import dev.gantry.state.kind.admissionregistration.policybinding.MutatingAdmissionPolicyBindingKind;
import dev.gantry.state.kind.admissionregistration.policybinding.ValidatingAdmissionPolicyBindingKind;
import dev.gantry.state.kind.admissionregistration.webhookconfiguration.MutatingWebhookConfigurationKind;
import dev.gantry.state.kind.admissionregistration.webhookconfiguration.ValidatingWebhookConfigurationKind;
import dev.gantry.state.kind.apiextensions.customresourcedefinition.CustomResourceDefinitionKind;
import dev.gantry.state.kind.apiregistration.apiservice.ApiServiceKind;
import dev.gantry.state.kind.apps.controllerrevision.ControllerRevisionKind;
import dev.gantry.state.kind.apps.daemonset.DaemonSetKind;
import dev.gantry.state.kind.apps.deployment.DeploymentKind;
import dev.gantry.state.kind.apps.replicaset.ReplicaSetKind;
import dev.gantry.state.kind.apps.statefulset.StatefulSetKind;
import dev.gantry.state.kind.autoscaling.horizontalpodautoscaler.HorizontalPodAutoscalerKind;
import dev.gantry.state.kind.batch.cronjob.CronJobKind;
import dev.gantry.state.kind.batch.job.JobKind;
import dev.gantry.state.kind.certificates.certificatesigningrequest.CertificateSigningRequestKind;
import dev.gantry.state.kind.coordination.lease.LeaseKind;
import dev.gantry.state.kind.core.componentstatus.ComponentStatusKind;
import dev.gantry.state.kind.core.configmap.ConfigMapKind;
import dev.gantry.state.kind.core.endpoints.EndpointsKind;
import dev.gantry.state.kind.core.event.EventKind;
import dev.gantry.state.kind.core.limitrange.LimitRangeKind;
import dev.gantry.state.kind.core.namespace.NamespaceKind;
import dev.gantry.state.kind.core.node.NodeKind;
import dev.gantry.state.kind.core.persistentvolume.PersistentVolumeKind;
import dev.gantry.state.kind.core.persistentvolumeclaim.PersistentVolumeClaimKind;
import dev.gantry.state.kind.core.pod.PodKind;
import dev.gantry.state.kind.core.podtemplate.PodTemplateKind;
import dev.gantry.state.kind.core.replicationcontroller.ReplicationControllerKind;
import dev.gantry.state.kind.core.resourcequota.ResourceQuotaKind;
import dev.gantry.state.kind.core.secret.SecretKind;
import dev.gantry.state.kind.core.service.ServiceKind;
import dev.gantry.state.kind.core.serviceaccount.ServiceAccountKind;
import dev.gantry.state.kind.discovery.endpointslice.EndpointSliceKind;
import dev.gantry.state.kind.flowcontrol.flowschema.FlowSchemaKind;
import dev.gantry.state.kind.flowcontrol.prioritylevelconfiguration.PriorityLevelConfigurationKind;
import dev.gantry.state.kind.networking.ingress.IngressKind;
import dev.gantry.state.kind.networking.ingressclass.IngressClassKind;
import dev.gantry.state.kind.networking.ipaddress.IpAddressKind;
import dev.gantry.state.kind.networking.networkpolicy.NetworkPolicyKind;
import dev.gantry.state.kind.networking.servicecidr.ServiceCidrKind;
import dev.gantry.state.kind.node.runtimeclass.RuntimeClassKind;
import dev.gantry.state.kind.policy.poddisruptionbudget.PodDisruptionBudgetKind;
import dev.gantry.state.kind.rbac.role.ClusterRoleKind;
import dev.gantry.state.kind.rbac.role.RoleKind;
import dev.gantry.state.kind.rbac.rolebinding.ClusterRoleBindingKind;
import dev.gantry.state.kind.rbac.rolebinding.RoleBindingKind;
import dev.gantry.state.kind.resource.deviceclass.DeviceClassKind;
import dev.gantry.state.kind.resource.resourceclaim.ResourceClaimKind;
import dev.gantry.state.kind.resource.resourceclaimtemplate.ResourceClaimTemplateKind;
import dev.gantry.state.kind.resource.resourceslice.ResourceSliceKind;
import dev.gantry.state.kind.scheduling.podgroup.PodGroupKind;
import dev.gantry.state.kind.scheduling.priorityclass.PriorityClassKind;
import dev.gantry.state.kind.scheduling.workload.WorkloadKind;
import dev.gantry.state.kind.storage.csidriver.CsiDriverKind;
import dev.gantry.state.kind.storage.csinode.CsiNodeKind;
import dev.gantry.state.kind.storage.csistoragecapacity.CsiStorageCapacityKind;
import dev.gantry.state.kind.storage.storageclass.StorageClassKind;
import dev.gantry.state.kind.storage.volumeattachment.VolumeAttachmentKind;
import dev.gantry.state.kind.storage.volumeattributesclass.VolumeAttributesClassKind;
import java.util.List;

/** The kinds that are served without a CustomResourceDefinition: a line for each. */
public final class BuiltinKinds {
    public static final List<ResourceDefinition> DEFINITIONS =
            List.of(
                    NamespaceKind.definition(),
                    NodeKind.definition(),
                    ApiServiceKind.definition(),
                    PodKind.definition(),
                    ServiceKind.definition(),
                    EndpointsKind.definition(),
                    ConfigMapKind.definition(),
                    SecretKind.definition(),
                    ServiceAccountKind.definition(),
                    EventKind.definition(),
                    ReplicaSetKind.definition(),
                    DeploymentKind.definition(),
                    StatefulSetKind.definition(),
                    DaemonSetKind.definition(),
                    JobKind.definition(),
                    CronJobKind.definition(),
                    HorizontalPodAutoscalerKind.definition(),
                    ControllerRevisionKind.definition(),
                    EndpointSliceKind.definition(),
                    IpAddressKind.definition(),
                    ServiceCidrKind.definition(),
                    NetworkPolicyKind.definition(),
                    IngressClassKind.definition(),
                    IngressKind.definition(),
                    LeaseKind.definition(),
                    RoleKind.definition(),
                    RoleBindingKind.definition(),
                    ClusterRoleKind.definition(),
                    ClusterRoleBindingKind.definition(),
                    CustomResourceDefinitionKind.definition(),
                    PriorityClassKind.definition(),
                    WorkloadKind.definition(),
                    PodGroupKind.definition(),
                    PersistentVolumeKind.definition(),
                    PersistentVolumeClaimKind.definition(),
                    LimitRangeKind.definition(),
                    ResourceQuotaKind.definition(),
                    MutatingWebhookConfigurationKind.definition(),
                    ValidatingWebhookConfigurationKind.definition(),
                    ValidatingAdmissionPolicyKind.definition(),
                    ValidatingAdmissionPolicyBindingKind.definition(),
                    MutatingAdmissionPolicyKind.definition(),
                    MutatingAdmissionPolicyBindingKind.definition(),
                    PodDisruptionBudgetKind.definition(),
                    StorageClassKind.definition(),
                    CsiNodeKind.definition(),
                    CsiDriverKind.definition(),
                    CsiStorageCapacityKind.definition(),
                    VolumeAttributesClassKind.definition(),
                    VolumeAttachmentKind.definition(),
                    RuntimeClassKind.definition(),
                    PriorityLevelConfigurationKind.definition(),
                    FlowSchemaKind.definition(),
                    CertificateSigningRequestKind.definition(),
                    ResourceClaimKind.definition(),
                    ResourceClaimTemplateKind.definition(),
                    ResourceSliceKind.definition(),
                    DeviceClassKind.definition(),
                    PodTemplateKind.definition(),
                    ReplicationControllerKind.definition());

    /** What is served before anything is added to it. */
    public static final ResourceCatalog CATALOG =
            new ResourceCatalog(
                    DEFINITIONS, List.of(ComponentStatusKind.definition()), UnstoredResources.ALL);

    private BuiltinKinds() {}
}
