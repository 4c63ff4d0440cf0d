package dev.gantry.state.kind.core.pod.volume;

import dev.gantry.state.kind.core.pod.container.ContainerRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoText;
import dev.gantry.state.validation.Names;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The volumes of a pod: each has a name of its own and exactly one source. */
public final class VolumeRules {
    /** In the order in which upstream looks at them: the first one counts. */
    private static final List<String> SOURCES =
            List.of(
                    "emptyDir",
                    "hostPath",
                    "gitRepo",
                    "gcePersistentDisk",
                    "awsElasticBlockStore",
                    "secret",
                    "nfs",
                    "iscsi",
                    "glusterfs",
                    "flocker",
                    "persistentVolumeClaim",
                    "rbd",
                    "cinder",
                    "cephfs",
                    "quobyte",
                    "downwardAPI",
                    "fc",
                    "flexVolume",
                    "configMap",
                    "azureFile",
                    "vsphereVolume",
                    "photonPersistentDisk",
                    "portworxVolume",
                    "azureDisk",
                    "storageos",
                    "projected",
                    "scaleIO",
                    "csi",
                    "ephemeral",
                    "image");

    /** Compat: where a second source is reported under another name than its own. */
    private static final Map<String, String> REPORTED_AS =
            Map.of("cephfs", "cephFS", "downwardAPI", "downwarAPI");

    private VolumeRules() {}

    /** The volumes without errors, by name. */
    public static Map<String, Field> check(Field volumes, String podName, boolean isPod) {
        Set<String> madeClaims = claimsMadeFor(volumes, podName);
        Map<String, Field> valid = new TreeMap<>();
        for (Field volume : volumes.items()) {
            int before = volume.errors().size();
            source(volume, podName, isPod);
            name(volume.child("name"), valid);
            if (volume.errors().size() == before) {
                valid.put(volume.text("name"), volume);
            }
            Field claim = volume.child("persistentVolumeClaim", "claimName");
            if (claim.isSet() && madeClaims.contains(claim.text())) {
                claim.invalid("must not reference a PVC that gets created for an ephemeral volume");
            }
        }
        return valid;
    }

    private static Set<String> claimsMadeFor(Field volumes, String podName) {
        if (podName.isEmpty()) {
            return Set.of();
        }
        return volumes.items().stream()
                .filter(each -> each.has("ephemeral"))
                .map(each -> podName + "-" + each.text("name"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void name(Field name, Map<String, Field> taken) {
        if (name.isEmpty()) {
            name.required("");
        } else {
            name.invalidFor(Names.dnsLabel(name.text()));
        }
        if (taken.containsKey(name.text())) {
            name.duplicate();
        }
    }

    private static void source(Field volume, String podName, boolean isPod) {
        boolean hasOne = false;
        for (String name : SOURCES) {
            if (!volume.has(name)) {
                continue;
            }
            Field source = volume.child(name);
            if (hasOne) {
                volume.child(REPORTED_AS.getOrDefault(name, name))
                        .forbidden("may not specify more than 1 volume type");
            } else if (name.equals("image")) {
                image(source, isPod);
            } else {
                VolumeSourceRules.check(name, source);
            }
            hasOne = true;
            byVolumeName(name, volume, podName);
        }
        if (!hasOne) {
            volume.required("must specify a volume type");
        }
    }

    private static void image(Field source, boolean isPod) {
        if (isPod && source.text("reference").isEmpty()) {
            source.child("reference").required("");
        }
        ContainerRules.pullPolicy(source.child("pullPolicy"));
    }

    private static void byVolumeName(String source, Field volume, String podName) {
        String name = volume.text("name");
        if (source.equals("iscsi") && volume.child("iscsi").has("initiatorName")) {
            String portal = volume.child("iscsi").text("targetPortal");
            if ((name + ":" + portal).length() > 64) {
                volume.child("name")
                        .invalid(
                                "Total length of <volume name>:<iscsi.targetPortal> must be under"
                                        + " 64 characters if iscsi.initiatorName is specified.");
            }
        }
        if (source.equals("ephemeral") && !podName.isEmpty() && !name.isEmpty()) {
            String claim = podName + "-" + name;
            for (String why : Names.dnsSubdomain(claim)) {
                volume.child("name").invalid("PVC name %s: %s".formatted(GoText.quote(claim), why));
            }
        }
    }
}
