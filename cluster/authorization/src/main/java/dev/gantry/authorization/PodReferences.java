package dev.gantry.authorization;

import dev.gantry.model.meta.Resource;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The objects of its namespace that a pod needs on its node.
 *
 * <p>Compat: what {@code VisitPodSecretNames} and {@code VisitPodConfigmapNames} visit.
 */
public record PodReferences(
        Set<String> secrets,
        Set<String> configMaps,
        Set<String> claims,
        Set<String> deviceClaims,
        String serviceAccount) {

    public static PodReferences of(Resource pod) {
        var found =
                new PodReferences(
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        Resource.text(pod.spec(), "serviceAccountName"));
        JsonNode spec = pod.spec();
        spec.path("imagePullSecrets").forEach(each -> found.addSecret(each.path("name")));
        for (String field : new String[] {"containers", "initContainers", "ephemeralContainers"}) {
            spec.path(field).forEach(found::addContainer);
        }
        spec.path("volumes").forEach(each -> found.addVolume(pod.name(), each));
        found.addDeviceClaims(pod);
        return found;
    }

    private void addContainer(JsonNode container) {
        for (JsonNode each : container.path("envFrom")) {
            addSecret(each.path("secretRef").path("name"));
            addConfigMap(each.path("configMapRef").path("name"));
        }
        for (JsonNode each : container.path("env")) {
            addSecret(each.path("valueFrom").path("secretKeyRef").path("name"));
            addConfigMap(each.path("valueFrom").path("configMapKeyRef").path("name"));
        }
    }

    /** Claims by name, and those that were made from templates or for extended resources. */
    private void addDeviceClaims(Resource pod) {
        for (JsonNode each : pod.spec().path("resourceClaims")) {
            add(deviceClaims, each.path("resourceClaimName"));
        }
        for (JsonNode each : pod.status().path("resourceClaimStatuses")) {
            add(deviceClaims, each.path("resourceClaimName"));
        }
        add(
                deviceClaims,
                pod.status().path("extendedResourceClaimStatus").path("resourceClaimName"));
    }

    private void addVolume(String pod, JsonNode volume) {
        addSecret(volume.path("secret").path("secretName"));
        addConfigMap(volume.path("configMap").path("name"));
        add(claims, volume.path("persistentVolumeClaim").path("claimName"));
        if (volume.hasNonNull("ephemeral")) {
            claims.add(pod + "-" + Resource.text(volume, "name"));
        }
        addSecret(volume.path("csi").path("nodePublishSecretRef").path("name"));
        for (JsonNode source : volume.path("projected").path("sources")) {
            addSecret(source.path("secret").path("name"));
            addConfigMap(source.path("configMap").path("name"));
        }
        for (String driver :
                new String[] {"azureFile", "cephfs", "rbd", "iscsi", "flexVolume", "scaleIO"}) {
            addSecret(volume.path(driver).path("secretRef").path("name"));
            addSecret(volume.path(driver).path("secretName"));
        }
    }

    private void addSecret(JsonNode name) {
        add(secrets, name);
    }

    private void addConfigMap(JsonNode name) {
        add(configMaps, name);
    }

    private static void add(Set<String> names, JsonNode name) {
        if (name.isString()) {
            names.add(name.stringValue());
        }
    }
}
