package dev.gantry.scheduler.placement.profile;

import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All profiles by name. A pod is placed by the one that its annotation or label {@code
 * gantry.dev/scheduling-profile} names; else by the one that the label of this name on its
 * namespace names; else by the one that is called like its scheduler; else by the default one. A
 * unknown name counts as none.
 *
 * @param usual name of the default profile
 */
public record Profiles(SortedMap<String, Profile> byName, String usual) {
    public static final String PACKING = "packing";
    public static final String SPREADING = "spreading";

    public Profiles {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
        if (!byName.containsKey(usual)) {
            throw new IllegalArgumentException(
                    "there is no profile '%s'; there are %s"
                            .formatted(usual, String.join(", ", byName.keySet())));
        }
    }

    /** The same for all pods. */
    public static Profiles only(Profile profile) {
        return new Profiles(new TreeMap<>(Map.of(PACKING, profile)), PACKING);
    }

    /**
     * Packing, spreading, and what the properties say besides or instead, such as {@code
     * web.strategy=spreading}.
     *
     * @param properties see {@link ProfileReader}
     * @param usual name of the default profile
     * @throws IllegalArgumentException that says what is wrong
     */
    public static Profiles of(Map<String, String> properties, String usual) {
        SortedMap<String, Profile> byName = new TreeMap<>();
        byName.put(PACKING, Profile.PACKING);
        byName.put(SPREADING, Profile.SPREADING);
        ProfileReader.byProfile(properties)
                .forEach(
                        (name, own) -> {
                            if (name.equals(SPREADING)) {
                                own.putIfAbsent("strategy", SPREADING);
                            }
                            byName.put(name, Profile.of(new ProfileReader(name, own).read()));
                        });
        return new Profiles(byName, usual);
    }

    /** The profile of this name; the usual one where it is unknown. */
    public Profile named(String name) {
        Profile found = byName.get(name);
        return found == null ? Objects.requireNonNull(byName.get(usual)) : found;
    }

    /** Whether pods that name this scheduler are ours because a profile is called so. */
    public boolean serves(String schedulerName) {
        return byName.containsKey(schedulerName)
                && !schedulerName.equals(PACKING)
                && !schedulerName.equals(SPREADING);
    }

    /** The name of the profile that places the pod. */
    public String nameFor(PodInfo pod, ClusterSnapshot snapshot) {
        return nameFor(pod.signature(), pod.key().namespace(), snapshot);
    }

    /** The name of the profile that places pods of this signature in this namespace. */
    public String nameFor(PodSignature signature, String namespace, ClusterSnapshot snapshot) {
        String own = signature.profile();
        if (byName.containsKey(own)) {
            return own;
        }
        String ofNamespace =
                snapshot.namespaceLabels(namespace).getOrDefault(PodSignature.PROFILE, usual);
        return byName.containsKey(ofNamespace) ? ofNamespace : usual;
    }
}
