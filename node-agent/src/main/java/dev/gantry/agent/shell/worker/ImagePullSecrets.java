package dev.gantry.agent.shell.worker;

import dev.gantry.agent.container.RegistryKeyring;
import dev.gantry.agent.edge.ClusterObjects;
import dev.gantry.agent.runtime.RegistryCredentials;
import dev.gantry.agent.spec.ImageName;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Finds a pod's credentials for an image among its image pull secrets. */
final class ImagePullSecrets {
    private final ClusterObjects cluster;

    ImagePullSecrets(ClusterObjects cluster) {
        this.cluster = cluster;
    }

    /** Each worth a try, in order. A secret that does not exist is left out. */
    List<RegistryCredentials> credentials(PodSpec pod, String image) {
        List<Resource> secrets = new ArrayList<>();
        for (JsonNode each : pod.spec().path("imagePullSecrets")) {
            String name = Resource.text(each, "name");
            if (!name.isEmpty()) {
                cluster.get(new ObjectKey(Resources.SECRETS, pod.namespace(), name))
                        .ifPresent(secrets::add);
            }
        }
        return new RegistryKeyring(secrets).of(ImageName.of(image));
    }
}
