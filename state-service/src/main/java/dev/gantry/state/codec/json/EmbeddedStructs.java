package dev.gantry.state.codec.json;

import java.util.Set;

/**
 * The structs that Go embeds in others: JSON does not show them, but Go's messages name them on the
 * way to a field.
 */
final class EmbeddedStructs {
    private static final Set<String> HANDLERS = Set.of("exec", "grpc", "httpGet", "tcpSocket");

    /** What a volume says beside its source. */
    private static final Set<String> OF_PERSISTENT_VOLUME =
            Set.of(
                    "accessModes",
                    "capacity",
                    "claimRef",
                    "mountOptions",
                    "nodeAffinity",
                    "persistentVolumeReclaimPolicy",
                    "storageClassName",
                    "volumeAttributesClassName",
                    "volumeMode");

    private EmbeddedStructs() {}

    /** The name of the struct in {@code struct} that has the field; empty where it is its own. */
    static String between(String struct, String field) {
        return switch (struct) {
            case "Probe" -> HANDLERS.contains(field) ? "ProbeHandler" : "";
            case "Volume" -> field.equals("name") ? "" : "VolumeSource";
            case "EphemeralContainer" ->
                    field.equals("targetContainerName") ? "" : "EphemeralContainerCommon";
            case "PersistentVolumeSpec" ->
                    OF_PERSISTENT_VOLUME.contains(field) ? "" : "PersistentVolumeSource";
            case "ConfigMapEnvSource",
                    "ConfigMapKeySelector",
                    "ConfigMapProjection",
                    "ConfigMapVolumeSource",
                    "SecretEnvSource",
                    "SecretKeySelector",
                    "SecretProjection" ->
                    field.equals("name") ? "LocalObjectReference" : "";
            case "DeviceAllocationConfiguration",
                    "DeviceClaimConfiguration",
                    "DeviceClassConfiguration" ->
                    field.equals("opaque") ? "DeviceConfiguration" : "";
            default -> "";
        };
    }
}
