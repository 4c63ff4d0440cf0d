package dev.gantry.agent.shell.certificate;

import dev.gantry.client.shell.http.ClusterAccess;
import dev.gantry.client.shell.http.ClusterApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.X509TrustManager;

/** The API, asked with the certificate that the node has now. */
public final class CurrentAccess {
    private final CurrentSockets sockets;
    private final ClusterApi api;

    private CurrentAccess(CurrentSockets sockets, ClusterApi api) {
        this.sockets = sockets;
        this.api = api;
    }

    /**
     * @param kubeconfig says where the API is
     * @param name of who writes: the field manager of what is written
     */
    public static CurrentAccess of(
            Path kubeconfig, CurrentTls tls, X509TrustManager trust, String name)
            throws IOException {
        var sockets = new CurrentSockets(tls);
        ClusterAccess given = ClusterAccess.fromKubeconfigs(List.of(kubeconfig), "");
        var access =
                new ClusterAccess(
                        given.server(),
                        given.http().newBuilder().sslSocketFactory(sockets, trust).build(),
                        "");
        return new CurrentAccess(sockets, ClusterApi.of(access, name));
    }

    public ClusterApi api() {
        return api;
    }

    /** Ends what goes on with the former certificate; who asked asks again. */
    public void reconnect() {
        sockets.closeAll();
        api.http().connectionPool().evictAll();
    }
}
