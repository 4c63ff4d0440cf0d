package dev.gantry.agent.shell.loadbalancer;

import dev.gantry.agent.network.BalancerPool;
import dev.gantry.agent.network.NeighbourDevice;
import dev.gantry.agent.shell.command.Commands;
import dev.gantry.client.shell.loop.Loop;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the addresses of load balancers that this node answers for on its network device.
 *
 * <p>The kernel answers for them (ARP, NDP) and tells the neighbours when one is new here, so the
 * agent needs no right to send packets of its own making. Each address is leased to the node for a
 * while: a node whose agent died loses it by itself, for another node has it by then.
 *
 * <p>Closing leaves the addresses to their lease: an agent that is restarted finds them there.
 */
public final class BalancerAddresses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BalancerAddresses.class);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration RENEWAL = Duration.ofSeconds(10);

    /**
     * After which neighbours are told once more: some may have asked while the node that had the
     * address before still answered.
     */
    private static final Duration REPETITION = Duration.ofSeconds(1);

    private static final Duration IDLE = Duration.ofDays(1);

    /**
     * Who slept longer than the lease (a machine that was paused) does not take back what others
     * may have by now, before the news of it had time to come.
     */
    private static final Duration NEWS = Duration.ofSeconds(5);

    /** Without these the kernel keeps to itself that an address is new on the device. */
    private static final String LET_THE_KERNEL_TELL =
            "echo 1 > /proc/sys/net/ipv4/conf/%1$s/arp_notify;"
                    + " echo 1 > /proc/sys/net/ipv6/conf/%1$s/ndisc_notify";

    private final Commands commands;
    private final List<String> nodeAddresses;
    private final BalancerPool pool;
    private final BlockingQueue<Boolean> changes = new ArrayBlockingQueue<>(1);
    private final Loop loop = new Loop("load-balancer-addresses", this::run);
    private volatile @Nullable SortedSet<String> wanted;

    public BalancerAddresses(Commands commands, List<String> nodeAddresses, BalancerPool pool) {
        this.commands = commands;
        this.nodeAddresses = List.copyOf(nodeAddresses);
        this.pool = pool;
    }

    /** Does nothing where no addresses were set aside. */
    public void start() {
        if (!pool.blocks().isEmpty()) {
            loop.start();
        }
    }

    @Override
    public void close() {
        loop.close();
    }

    /** From now on the node is to have these, and no others of the pool. */
    public void want(SortedSet<String> addresses) {
        if (!addresses.equals(wanted)) {
            wanted = new TreeSet<>(addresses);
            changes.offer(true);
        }
    }

    private void run() throws InterruptedException {
        Duration pause = Duration.ZERO;
        long last = System.nanoTime();
        while (!loop.isClosed()) {
            boolean isTold = changes.poll(pause.toMillis(), TimeUnit.MILLISECONDS) != null;
            Duration since = Duration.ofNanos(System.nanoTime() - last);
            last = System.nanoTime();
            if (!isTold && pause.equals(RENEWAL) && since.compareTo(LEASE) > 0) {
                pause = NEWS;
                continue;
            }
            SortedSet<String> now = wanted;
            pause = now == null ? IDLE : step(now, pause.equals(REPETITION));
        }
    }

    /** Returns when to look again, should nothing change. */
    private Duration step(SortedSet<String> now, boolean isRepetition) {
        String listing = commands.run("", "ip", "-j", "address", "show");
        NeighbourDevice device =
                NeighbourDevice.find(JsonMapper.shared().readTree(listing), nodeAddresses, pool)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "no network device has one of the node's addresses "
                                                        + nodeAddresses));
        boolean isNew = !device.held().containsAll(now);
        String batch = device.lease(now, LEASE);
        if (isNew || isRepetition) {
            commands.succeeds("sh", "-c", LET_THE_KERNEL_TELL.formatted(device.name()));
            batch += device.announce();
        }
        if (!batch.isEmpty()) {
            commands.run(batch, "ip", "-force", "-batch", "-");
        }
        if (!device.held().equals(now)) {
            LOG.info("load balancer addresses of this node: {}", now);
        }
        return isNew ? REPETITION : now.isEmpty() ? IDLE : RENEWAL;
    }
}
