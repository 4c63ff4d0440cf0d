package dev.gantry.controller.storage.attachdetach;

import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What pods are told. Compat: upstream's words. */
final class AttachText {
    static final String FAILED = "FailedAttachVolume";
    static final String MULTI_ATTACH = "Multi-Attach error";

    private AttachText() {}

    /** Compat: {@code generateVolumeMsg}, which ends with a space where nothing follows. */
    static String of(String what, String volume, String more) {
        return "%s for volume \"%s\" %s".formatted(what, volume, more);
    }

    static boolean isMultiAttach(String message) {
        return message.startsWith(MULTI_ATTACH);
    }

    static String noAttacher(Optional<CsiVolume> volume) {
        return "timed out waiting for external-attacher of %s CSI driver to attach volume %s"
                .formatted(
                        volume.map(CsiVolume::driver).orElse("unknown"),
                        volume.map(CsiVolume::handle).orElse(""));
    }

    /**
     * Pods of other namespaces are only counted.
     *
     * @param users the pods for which it is attached elsewhere
     */
    static String alreadyUsed(List<Resource> users, String namespace) {
        if (users.isEmpty()) {
            return "Volume is already exclusively attached to one node and can't be attached to"
                    + " another";
        }
        String near =
                users.stream()
                        .filter(pod -> pod.namespace().equals(namespace))
                        .map(Resource::name)
                        .collect(Collectors.joining(", "));
        long far = users.stream().filter(pod -> !pod.namespace().equals(namespace)).count();
        if (near.isEmpty()) {
            return "Volume is already used by %d pod(s) in different namespaces".formatted(far);
        }
        String words = "Volume is already used by pod(s) " + near;
        return far == 0 ? words : "%s and %d pod(s) in different namespaces".formatted(words, far);
    }
}
