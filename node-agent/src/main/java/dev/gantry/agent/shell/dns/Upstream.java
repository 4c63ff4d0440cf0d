package dev.gantry.agent.shell.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;

/**
 * Asks the node's own name servers, one after the other, each for a short time. At most so many
 * questions at once: one more gets no answer rather than a place in a line.
 *
 * <p>dnsjava's SimpleResolver is not used: it gives a question up at the first datagram that does
 * not answer it, so that a forged one is enough to deny a name; here it is ignored. It also keeps a
 * selector thread and open TCP connections.
 */
final class Upstream {
    private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final int PORT = 53;
    private static final int MAX_SERVERS = 3;
    private static final int MAX_IN_FLIGHT = 256;
    private static final int MAX_DATAGRAM = 4096;

    private final List<InetSocketAddress> servers;
    private final Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);
    private final SecureRandom random = new SecureRandom();

    Upstream(List<InetSocketAddress> servers) {
        this.servers = servers;
    }

    /** Leaves out {@code own}: a server that asks itself never ends. */
    static Upstream of(Path resolvConf, List<InetAddress> own) {
        List<InetSocketAddress> servers = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(resolvConf)) {
                String[] words = line.strip().split("\\s+");
                if (words.length < 2 || !words[0].equals("nameserver")) {
                    continue;
                }
                InetAddress server = InetAddress.ofLiteral(words[1]);
                if (!own.contains(server) && servers.size() < MAX_SERVERS) {
                    servers.add(new InetSocketAddress(server, PORT));
                }
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            LOG.warn("no upstream name servers from {}", resolvConf, unreadable);
        }
        return new Upstream(servers);
    }

    /** Empty where no server gave an answer in time. */
    Optional<Message> ask(Record question) {
        if (!inFlight.tryAcquire()) {
            return Optional.empty();
        }
        try {
            for (InetSocketAddress server : servers) {
                Optional<Message> answer = ask(server, question);
                if (answer.isPresent()) {
                    return answer;
                }
            }
            return Optional.empty();
        } finally {
            inFlight.release();
        }
    }

    private Optional<Message> ask(InetSocketAddress server, Record question) {
        Message query = Message.newQuery(question);
        query.getHeader().setID(random.nextInt(1 << 16));
        try {
            Message answer = overDatagrams(server, query);
            return Optional.of(
                    answer.getHeader().getFlag(Flags.TC) ? overStream(server, query) : answer);
        } catch (IOException | UncheckedIOException silent) {
            LOG.debug("{} did not answer {}", server, question, silent);
            return Optional.empty();
        }
    }

    private static Message overDatagrams(InetSocketAddress server, Message query)
            throws IOException {
        byte[] asked = query.toWire();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (var socket = new DatagramSocket()) {
            // Connected: only that server's packets come through.
            socket.connect(server);
            socket.send(new DatagramPacket(asked, asked.length));
            var packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
            while (true) {
                long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                socket.setSoTimeout((int) Math.max(1, left));
                socket.receive(packet);
                Message answer = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                if (isAnswer(query, answer)) {
                    return answer;
                }
            }
        }
    }

    private static Message overStream(InetSocketAddress server, Message query) throws IOException {
        try (var socket = new Socket()) {
            int patience = (int) PATIENCE.toMillis();
            socket.connect(server, patience);
            socket.setSoTimeout(patience);
            byte[] asked = query.toWire();
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(asked.length);
            out.write(asked);
            out.flush();
            var in = new DataInputStream(socket.getInputStream());
            byte[] found = new byte[in.readUnsignedShort()];
            in.readFully(found);
            Message answer = new Message(found);
            if (!isAnswer(query, answer)) {
                throw new IOException("an answer to another question from " + server);
            }
            return answer;
        }
    }

    private static boolean isAnswer(Message query, Message answer) {
        return answer.getHeader().getID() == query.getHeader().getID()
                && answer.getHeader().getFlag(Flags.QR)
                && query.getQuestion().equals(answer.getQuestion());
    }
}
