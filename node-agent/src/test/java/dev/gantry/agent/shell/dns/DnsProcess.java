package dev.gantry.agent.shell.dns;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.agent.shell.command.Commands;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A name server as a process of its own, to be started in the network namespace of a node. */
public final class DnsProcess {
    private DnsProcess() {}

    /** The addresses to serve; one Service, web in the namespace n, is known. */
    public static void main(String[] addresses) throws InterruptedException {
        DnsAddresses.apply(new Commands(List.of()), List.of(addresses));
        var cache = new ObjectCache();
        var dns =
                new NodeDns(
                        "cluster.local",
                        Arrays.stream(addresses)
                                .map(InetAddress::ofLiteral)
                                .map(each -> new InetSocketAddress(each, 53))
                                .toList(),
                        Path.of("/dev/null"),
                        cache);
        dns.start();
        String service =
                """
                {"metadata": {"name": "web", "namespace": "n"},
                 "spec": {"clusterIPs": ["10.96.7.20", "fd00:10:96::720"]}}
                """;
        cache.onChange(
                new ChangeMessage(
                        new ObjectKey(Resources.SERVICES, "n", "web"),
                        new Revision(1),
                        Revision.NONE,
                        ChangeMessage.Type.ADDED,
                        Instant.EPOCH.toString(),
                        "test",
                        service.getBytes(UTF_8)));
        cache.onCaughtUp();
        new CountDownLatch(1).await();
    }
}
