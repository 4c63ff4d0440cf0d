package dev.gantry.local.component;

import dev.gantry.client.shell.http.ClusterApi;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A client made when it is first needed: at start there is no API yet to be a client of. */
final class ClusterApiOnce {
    private final Path kubeconfig;
    private @Nullable ClusterApi made;

    ClusterApiOnce(Path kubeconfig) {
        this.kubeconfig = kubeconfig;
    }

    ClusterApi get() throws IOException {
        ClusterApi found = made;
        if (found == null) {
            found = ClusterApi.fromKubeconfig(kubeconfig);
            made = found;
        }
        return found;
    }
}
