package dev.gantry.agent.shell;

import dev.gantry.agent.pod.PodDirectory;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.shell.cni.KernelSettings;
import dev.gantry.agent.shell.cni.PodNetwork;
import dev.gantry.agent.shell.command.Commands;
import dev.gantry.agent.shell.dns.DnsDevice;
import dev.gantry.agent.shell.dns.NodeDns;
import dev.gantry.agent.shell.nftables.ServiceNetwork;
import dev.gantry.client.shell.cache.ObjectCache;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The half of the agent that carries packets and streams: pod network, Services, DNS, and the HTTPS
 * port for logs and exec.
 *
 * <p>Stopping leaves packets flowing: routes and rules stay, only names, logs and exec are away.
 */
public final class NetworkParts implements AutoCloseable {
    private static final String CLUSTER_DOMAIN = "cluster.local";
    private static final int DNS_PORT = 53;
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

    private final NodeSettings settings;
    private final Commands commands = new Commands(List.of());
    private final PodNetwork podNetwork;
    private final ServiceNetwork services;
    private final NodeDns dns;

    /**
     * @param cluster nodes, Services and endpoint slices as the feed tells them; observers are
     *     registered before {@link #start} returns
     */
    public NetworkParts(
            NodeSettings settings,
            ContainerRuntime runtime,
            PodDirectory pods,
            ObjectCache cluster) {
        this.settings = settings;
        this.podNetwork =
                new PodNetwork(
                        settings.name(),
                        settings.cniConfDirectory(),
                        settings.root().resolve("addresses"),
                        commands,
                        cluster);
        this.services =
                new ServiceNetwork(
                        new ServiceNetwork.Setting(
                                settings.name(),
                                settings.serviceCidrs(),
                                Set.copyOf(settings.clusterDns())),
                        commands,
                        cluster);
        this.dns =
                new NodeDns(
                        CLUSTER_DOMAIN,
                        settings.clusterDns().stream()
                                .map(InetAddress::ofLiteral)
                                .map(each -> new InetSocketAddress(each, DNS_PORT))
                                .toList(),
                        RESOLV_CONF,
                        cluster);
    }

    /** Called once, before the feed that fills the cache and before any pod is run. */
    public void start() {
        KernelSettings.apply(commands);
        podNetwork.start();
        services.start();
        DnsDevice.apply(commands, settings.clusterDns());
        dns.start();
    }

    @Override
    public void close() {
        dns.close();
        services.close();
        podNetwork.close();
    }
}
