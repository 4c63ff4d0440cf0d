package dev.gantry.state.codec.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.gantry.state.schema.GroupVersionKind;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Admission;
import io.kubernetes.client.proto.V1Admissionregistration;
import io.kubernetes.client.proto.V1Apiextensions;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Autoscaling;
import io.kubernetes.client.proto.V1Batch;
import io.kubernetes.client.proto.V1Certificates;
import io.kubernetes.client.proto.V1Coordination;
import io.kubernetes.client.proto.V1Discovery;
import io.kubernetes.client.proto.V1Events;
import io.kubernetes.client.proto.V1Flowcontrol;
import io.kubernetes.client.proto.V1Networking;
import io.kubernetes.client.proto.V1Node;
import io.kubernetes.client.proto.V1Policy;
import io.kubernetes.client.proto.V1Rbac;
import io.kubernetes.client.proto.V1Resource;
import io.kubernetes.client.proto.V1Scheduling;
import io.kubernetes.client.proto.V1Storage;
import io.kubernetes.client.proto.V1alpha1Apiserverinternal;
import io.kubernetes.client.proto.V1beta1Admissionregistration;
import io.kubernetes.client.proto.V1beta1Apps;
import io.kubernetes.client.proto.V1beta1Authentication;
import io.kubernetes.client.proto.V1beta1Batch;
import io.kubernetes.client.proto.V1beta1Certificates;
import io.kubernetes.client.proto.V1beta1Policy;
import io.kubernetes.client.proto.V1beta1Storage;
import io.kubernetes.client.proto.V1beta1Storagemigration;
import io.kubernetes.client.proto.V1beta2Apps;
import io.kubernetes.client.proto.V2Apidiscovery;
import io.kubernetes.client.proto.V2Autoscaling;
import io.kubernetes.client.proto.V2beta1Apidiscovery;
import java.util.Optional;

/** Which published file describes the messages of a group and version. */
final class MessageFiles {
    private MessageFiles() {}

    /** Empty for kinds that have no protobuf form, such as custom resources and tables. */
    static Optional<Descriptor> messageOf(GroupVersionKind kind) {
        Descriptor found =
                fileOf(kind.apiVersion())
                        .map(file -> file.findMessageTypeByName(kind.kind()))
                        .orElse(null);
        // The oldest documents of discovery name no version at all.
        boolean isMeta =
                kind.kind().endsWith("Options")
                        || kind.apiVersion().equals("v1")
                        || kind.apiVersion().isEmpty();
        if (found == null && isMeta) {
            found = Meta.getDescriptor().findMessageTypeByName(kind.kind());
        }
        return Optional.ofNullable(found).filter(unused -> !kind.kind().equals("Table"));
    }

    /** Cost: a file is read when it is first asked for; reading all takes a quarter of a second. */
    private static Optional<FileDescriptor> fileOf(String apiVersion) {
        return switch (apiVersion) {
            case "v1" -> Optional.of(V1.getDescriptor());
            case "meta.k8s.io/v1" -> Optional.of(Meta.getDescriptor());
            case "apps/v1" -> Optional.of(V1Apps.getDescriptor());
            case "apps/v1beta1" -> Optional.of(V1beta1Apps.getDescriptor());
            case "apps/v1beta2" -> Optional.of(V1beta2Apps.getDescriptor());
            case "autoscaling/v1" -> Optional.of(V1Autoscaling.getDescriptor());
            case "autoscaling/v2" -> Optional.of(V2Autoscaling.getDescriptor());
            case "batch/v1" -> Optional.of(V1Batch.getDescriptor());
            case "batch/v1beta1" -> Optional.of(V1beta1Batch.getDescriptor());
            case "policy/v1" -> Optional.of(V1Policy.getDescriptor());
            case "policy/v1beta1" -> Optional.of(V1beta1Policy.getDescriptor());
            default -> fileOfDottedGroup(apiVersion);
        };
    }

    private static Optional<FileDescriptor> fileOfDottedGroup(String apiVersion) {
        return switch (apiVersion) {
            case "admission.k8s.io/v1" -> Optional.of(V1Admission.getDescriptor());
            case "admissionregistration.k8s.io/v1" ->
                    Optional.of(V1Admissionregistration.getDescriptor());
            case "admissionregistration.k8s.io/v1beta1" ->
                    Optional.of(V1beta1Admissionregistration.getDescriptor());
            case "apidiscovery.k8s.io/v2" -> Optional.of(V2Apidiscovery.getDescriptor());
            case "apidiscovery.k8s.io/v2beta1" -> Optional.of(V2beta1Apidiscovery.getDescriptor());
            case "apiextensions.k8s.io/v1" -> Optional.of(V1Apiextensions.getDescriptor());
            case "apiregistration.k8s.io/v1" -> Optional.of(ApiServiceFile.DESCRIPTOR);
            case "authentication.k8s.io/v1" -> Optional.of(V1Authentication.getDescriptor());
            case "authentication.k8s.io/v1beta1" ->
                    Optional.of(V1beta1Authentication.getDescriptor());
            case "authorization.k8s.io/v1" -> Optional.of(V1Authorization.getDescriptor());
            case "certificates.k8s.io/v1" -> Optional.of(V1Certificates.getDescriptor());
            case "certificates.k8s.io/v1beta1" -> Optional.of(V1beta1Certificates.getDescriptor());
            case "coordination.k8s.io/v1" -> Optional.of(V1Coordination.getDescriptor());
            case "discovery.k8s.io/v1" -> Optional.of(V1Discovery.getDescriptor());
            case "events.k8s.io/v1" -> Optional.of(V1Events.getDescriptor());
            case "flowcontrol.apiserver.k8s.io/v1" -> Optional.of(V1Flowcontrol.getDescriptor());
            case "internal.apiserver.k8s.io/v1alpha1" ->
                    Optional.of(V1alpha1Apiserverinternal.getDescriptor());
            case "networking.k8s.io/v1" -> Optional.of(V1Networking.getDescriptor());
            case "node.k8s.io/v1" -> Optional.of(V1Node.getDescriptor());
            case "rbac.authorization.k8s.io/v1" -> Optional.of(V1Rbac.getDescriptor());
            case "resource.k8s.io/v1" -> Optional.of(V1Resource.getDescriptor());
            case "scheduling.k8s.io/v1" -> Optional.of(V1Scheduling.getDescriptor());
            case "scheduling.k8s.io/v1alpha2" -> Optional.of(PodGroupFile.DESCRIPTOR);
            case "storage.k8s.io/v1" -> Optional.of(V1Storage.getDescriptor());
            case "storage.k8s.io/v1beta1" -> Optional.of(V1beta1Storage.getDescriptor());
            case "storagemigration.k8s.io/v1beta1" ->
                    Optional.of(V1beta1Storagemigration.getDescriptor());
            default -> Optional.empty();
        };
    }
}
