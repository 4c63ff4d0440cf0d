package dev.gantry.bench.client;

import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.http.ClusterAccess;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.MediaType;

/** An API server that is measured. */
public final class Cluster {
    private static final MediaType JSON = MediaType.get("application/json");

    private final ClusterAccess access;
    private final ClusterApi api;
    private final URI server;

    private Cluster(ClusterAccess access) {
        this.access = access;
        this.api = ClusterApi.of(access);
        this.server = URI.create(access.server());
    }

    public static Cluster of(ClusterChoice choice) throws IOException {
        return new Cluster(
                switch (choice) {
                    case ClusterChoice.Address(String url, String token) ->
                            ClusterAccess.withToken(url, token);
                    case ClusterChoice.ContextOf(var file) ->
                            ClusterAccess.fromKubeconfigs(List.of(file), "");
                });
    }

    public ClusterApi api() {
        return api;
    }

    public String host() {
        return server.getHost();
    }

    public int port() {
        return server.getPort() < 0 ? 443 : server.getPort();
    }

    /** Sockets that trust this cluster and show its client certificate, where there is one. */
    public SSLSocketFactory sockets() {
        return access.http().sslSocketFactory();
    }

    /** Opens one keep-alive connection for raw requests. */
    public RawConnection connect() throws IOException {
        return new RawConnection(sockets(), host(), port(), access.token());
    }

    /** The answer to a GET. */
    public Resource read(String path) {
        return api.send("GET", path, null, JSON);
    }

    /** How things stand now at a collection's path, to watch from. */
    public String version(String path) {
        return Resource.text(read(path + "?limit=1").metadata(), "resourceVersion");
    }

    /** As people are told: where it is, and what it says it is. */
    public String name() {
        String address = host() + ":" + port();
        try {
            return address + " (" + Resource.text(read("/version").tree(), "gitVersion") + ")";
        } catch (ApiRefused | ApiUnreachable silent) {
            return address;
        }
    }
}
