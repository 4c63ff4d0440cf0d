package dev.gantry.agent.shell.dns;

import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.loop.Loop;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;

/**
 * The node's name server, over UDP and TCP on the cluster's DNS addresses.
 *
 * <p>Names of the cluster are answered from what the cache told; all else is asked upstream. Before
 * the cache has caught up nothing is answered: a client tries again, while it would believe a "no
 * such name".
 */
public final class NodeDns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeDns.class);
    private static final int PLAIN_PAYLOAD_BYTES = 512;
    private static final int MAX_PAYLOAD_BYTES = 4096;
    private static final int MAX_STREAM_BYTES = 65535;
    private static final int MAX_STREAMS = 128;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ObjectCache cache;
    private final DnsReplies replies;
    private final Semaphore streams = new Semaphore(MAX_STREAMS);
    private final List<Loop> loops = new ArrayList<>();

    /**
     * @param resolvConf of the node, naming the servers upstream
     */
    public NodeDns(
            String domain, List<InetSocketAddress> addresses, Path resolvConf, ObjectCache cache) {
        this.cache = cache;
        List<InetAddress> own = addresses.stream().map(InetSocketAddress::getAddress).toList();
        this.replies = new DnsReplies(domain, Upstream.of(resolvConf, own));
        for (InetSocketAddress each : addresses) {
            loops.add(new Loop("dns-udp " + each, () -> serveDatagrams(each)));
            loops.add(new Loop("dns-tcp " + each, () -> serveStreams(each)));
        }
    }

    /** To be called before the cache is filled. */
    public void start() {
        cache.observe((key, _, after) -> replies.put(key, after));
        loops.forEach(Loop::start);
    }

    @Override
    public void close() {
        loops.forEach(Loop::close);
    }

    private void serveDatagrams(InetSocketAddress address) throws IOException {
        try (var socket = new DatagramSocket(address)) {
            while (true) {
                var packet = new DatagramPacket(new byte[MAX_PAYLOAD_BYTES], MAX_PAYLOAD_BYTES);
                socket.receive(packet);
                accept(socket, packet);
            }
        }
    }

    /** Whatever a packet holds, the next one is read. */
    private void accept(DatagramSocket socket, DatagramPacket packet) {
        try {
            Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
            // An answer is never answered, or two servers might talk for ever.
            if (query.getHeader().getFlag(Flags.QR) || !cache.isCaughtUp()) {
                return;
            }
            if (replies.isLocal(query)) {
                answer(socket, packet, query);
            } else {
                Thread.startVirtualThread(() -> answer(socket, packet, query));
            }
        } catch (IOException | RuntimeException garbage) {
            LOG.debug("no DNS query from {}", packet.getSocketAddress(), garbage);
        }
    }

    private void answer(DatagramSocket socket, DatagramPacket packet, Message query) {
        try {
            byte[] bytes = Fitting.toWire(replies.reply(query), payloadLimit(query));
            socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
        } catch (IOException | RuntimeException fault) {
            LOG.warn("no answer to {} about {}", packet.getSocketAddress(), query, fault);
        }
    }

    private static int payloadLimit(Message query) {
        OPTRecord option = query.getOPT();
        return option == null
                ? PLAIN_PAYLOAD_BYTES
                : Math.clamp(option.getPayloadSize(), PLAIN_PAYLOAD_BYTES, MAX_PAYLOAD_BYTES);
    }

    private void serveStreams(InetSocketAddress address) throws IOException {
        try (var server = new ServerSocket()) {
            server.setReuseAddress(true);
            server.bind(address);
            while (true) {
                Socket socket = server.accept();
                if (streams.tryAcquire()) {
                    Thread.startVirtualThread(() -> converse(socket));
                } else {
                    socket.close();
                }
            }
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            socket.setSoTimeout((int) IDLE.toMillis());
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            while (true) {
                byte[] asked = new byte[in.readUnsignedShort()];
                in.readFully(asked);
                if (!cache.isCaughtUp()) {
                    return;
                }
                byte[] bytes = Fitting.toWire(replies.reply(new Message(asked)), MAX_STREAM_BYTES);
                out.writeShort(bytes.length);
                out.write(bytes);
                out.flush();
            }
        } catch (EOFException | SocketException | SocketTimeoutException ended) {
            LOG.trace("conversation with {} ended", socket, ended);
        } catch (IOException | RuntimeException fault) {
            LOG.debug("conversation with {} broke", socket, fault);
        } finally {
            streams.release();
        }
    }
}
