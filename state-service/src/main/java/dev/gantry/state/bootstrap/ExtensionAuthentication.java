package dev.gantry.state.bootstrap;

import dev.gantry.model.kind.Kinds;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * What extension servers have to know to authenticate whom the API server passes on.
 *
 * <p>Compat: {@code clusterauthenticationtrust}.
 */
public final class ExtensionAuthentication {
    /** The name in the certificate that the front proxy shows. */
    private static final String PROXY = "front-proxy-client";

    private ExtensionAuthentication() {}

    /**
     * @param clients PEM of the authority of clients
     * @param proxy PEM of the authority of the front proxy, where there is one
     */
    public static WantedObject object(String clients, Optional<String> proxy) {
        ObjectNode object =
                ClusterPlan.object(
                        Kinds.CONFIG_MAP, "kube-system", "extension-apiserver-authentication");
        ObjectNode entries = object.putObject("data").put("client-ca-file", clients);
        proxy.ifPresent(
                authority ->
                        entries.put("requestheader-allowed-names", "[\"" + PROXY + "\"]")
                                .put("requestheader-client-ca-file", authority)
                                .put("requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]")
                                .put("requestheader-group-headers", "[\"X-Remote-Group\"]")
                                .put("requestheader-uid-headers", "[\"X-Remote-Uid\"]")
                                .put("requestheader-username-headers", "[\"X-Remote-User\"]"));
        return new WantedObject(Kinds.CONFIG_MAP, object, new TreeSet<>(Set.of("data")));
    }
}
