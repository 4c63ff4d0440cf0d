package dev.gantry.agent.shell;

import dev.gantry.agent.network.Announcement;
import dev.gantry.agent.network.HealthCheck;
import dev.gantry.agent.network.NetworkView;
import dev.gantry.agent.shell.cni.KernelSettings;
import dev.gantry.agent.shell.cni.PodNetwork;
import dev.gantry.agent.shell.command.Commands;
import dev.gantry.agent.shell.dns.DnsAddresses;
import dev.gantry.agent.shell.dns.NodeDns;
import dev.gantry.agent.shell.http.AgentServer;
import dev.gantry.agent.shell.http.LogRotation;
import dev.gantry.agent.shell.loadbalancer.BalancerAddresses;
import dev.gantry.agent.shell.loadbalancer.HealthPorts;
import dev.gantry.agent.shell.nftables.ServiceNetwork;
import dev.gantry.client.shell.cache.ObjectCache;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * The half of the agent that carries packets and streams: pod network, Services, DNS, and the HTTPS
 * port for logs and exec.
 *
 * <p>Stopping leaves packets flowing: routes and rules stay, only names, logs and exec are away.
 */
public final class NetworkParts implements AutoCloseable {
    private static final int DNS_PORT = 53;

    private final NodeSettings settings;
    private final Commands commands = new Commands(List.of());
    private final PodNetwork podNetwork;
    private final ServiceNetwork services;
    private final BalancerAddresses balancerAddresses;
    private final HealthPorts healthPorts = new HealthPorts();
    private final NodeDns dns;
    private final AgentServer server;
    private final LogRotation rotation;

    /**
     * @param serving with which the HTTPS port is served
     * @param served what is told and done there
     * @param cluster nodes, Services and endpoint slices as the feed tells them; observers are
     *     registered before {@link #start} returns
     */
    public NetworkParts(
            NodeSettings settings,
            Supplier<Optional<SSLContext>> serving,
            AgentServer.Sources served,
            ObjectCache cluster) {
        this.settings = settings;
        this.podNetwork =
                new PodNetwork(
                        settings.name(),
                        settings.network().cniConfDirectory(),
                        settings.root().resolve("addresses"),
                        commands,
                        cluster);
        this.balancerAddresses =
                new BalancerAddresses(commands, settings.addresses(), settings.network().pool());
        this.services =
                new ServiceNetwork(
                        new ServiceNetwork.Setting(
                                settings.name(),
                                settings.network().serviceCidrs(),
                                Set.copyOf(settings.network().clusterDns()),
                                settings.network().pool()),
                        commands,
                        cluster,
                        this::onServices);
        this.dns =
                new NodeDns(
                        NodeSettings.CLUSTER_DOMAIN,
                        dnsAddresses(settings),
                        NodeSettings.RESOLV_CONF,
                        cluster);
        this.server =
                new AgentServer(
                        settings.name(),
                        new InetSocketAddress(settings.httpPort()),
                        serving,
                        served);
        this.rotation = new LogRotation(served.runtime(), LogRotation.Limits.DEFAULT);
    }

    /** Called once, before the feed that fills the cache and before any pod is run. */
    public void start() {
        KernelSettings.apply(commands);
        podNetwork.start();
        services.start();
        balancerAddresses.start();
        DnsAddresses.apply(commands, settings.network().clusterDns());
        dns.start();
        server.start();
        rotation.start();
    }

    @Override
    public void close() {
        rotation.close();
        server.close();
        dns.close();
        services.close();
        balancerAddresses.close();
        healthPorts.close();
        podNetwork.close();
    }

    /** The node takes an address only when it serves it. */
    private void onServices(NetworkView view) {
        balancerAddresses.want(Announcement.of(view, settings.network().pool(), settings.name()));
        healthPorts.want(HealthCheck.of(view, settings.name()));
    }

    private static List<InetSocketAddress> dnsAddresses(NodeSettings settings) {
        return settings.network().clusterDns().stream()
                .map(InetAddress::ofLiteral)
                .map(each -> new InetSocketAddress(each, DNS_PORT))
                .toList();
    }
}
