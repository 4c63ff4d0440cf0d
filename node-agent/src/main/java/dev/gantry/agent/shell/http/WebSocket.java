package dev.gantry.agent.shell.http;

import dev.gantry.agent.stream.FrameHead;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of a WebSocket. One thread reads; any may send, whole messages at a time.
 *
 * <p>A client that says nothing at all for hours, not even a ping, is taken for gone.
 */
final class WebSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocket.class);

    /** Compat: the kubelet's {@code streamingConnectionIdleTimeout}. */
    private static final Duration IDLE = Duration.ofHours(4);

    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final int MAX_MESSAGE_BYTES = 4 << 20;
    private static final int KEY_BYTES = 4;
    private static final byte[] NORMAL_CLOSURE = {(byte) (1000 >> 8), (byte) 1000};

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final int opcode;
    private final ReentrantLock sending = new ReentrantLock();
    private final CountDownLatch left = new CountDownLatch(1);
    private boolean hasSaidGoodbye;

    /**
     * @param opcode of the messages that are sent: text or binary
     */
    WebSocket(Socket socket, InputStream in, OutputStream out, int opcode) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(in);
        this.out = out;
        this.opcode = opcode;
        socket.setSoTimeout((int) IDLE.toMillis());
    }

    /** The next message; empty once the client has closed. */
    Optional<byte[]> read() throws IOException {
        Optional<byte[]> message = Optional.empty();
        try {
            message = next();
            return message;
        } finally {
            if (message.isEmpty()) {
                left.countDown();
            }
        }
    }

    private Optional<byte[]> next() throws IOException {
        var message = new ByteArrayOutputStream();
        while (true) {
            int first = in.read();
            if (first < 0) {
                return Optional.empty();
            }
            FrameHead head = FrameHead.parse(first, in.readUnsignedByte());
            byte[] payload = payload(head, MAX_MESSAGE_BYTES - message.size());
            if (head.isControl()) {
                if (head.opcode() == FrameHead.CLOSE) {
                    sayGoodbye();
                    return Optional.empty();
                }
                if (head.opcode() == FrameHead.PING) {
                    sendFrame(FrameHead.PONG, payload);
                }
                continue;
            }
            message.writeBytes(payload);
            if (head.isLast()) {
                return Optional.of(message.toByteArray());
            }
        }
    }

    void send(byte[] message) throws IOException {
        sendFrame(opcode, message);
    }

    /**
     * Says goodbye in good order, leaves the client a moment to do the same, and closes. Not to be
     * called by the thread that reads.
     */
    void finish() throws IOException {
        try (this) {
            sayGoodbye();
            if (!left.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("{} was told goodbye and did not leave", socket);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void sayGoodbye() throws IOException {
        sending.lock();
        try {
            sendFrame(FrameHead.CLOSE, NORMAL_CLOSURE);
            hasSaidGoodbye = true;
        } finally {
            sending.unlock();
        }
    }

    private void sendFrame(int opcode, byte[] payload) throws IOException {
        sending.lock();
        try {
            if (!hasSaidGoodbye) {
                out.write(FrameHead.frame(opcode, payload));
                out.flush();
            }
        } finally {
            sending.unlock();
        }
    }

    private byte[] payload(FrameHead head, int limit) throws IOException {
        long length =
                switch (head.lengthBytes()) {
                    case 2 -> in.readUnsignedShort();
                    case 8 -> in.readLong();
                    default -> head.length();
                };
        if (length < 0 || length > limit) {
            throw new IOException("a WebSocket message of more than " + MAX_MESSAGE_BYTES);
        }
        byte[] key = head.isMasked() ? in.readNBytes(KEY_BYTES) : new byte[KEY_BYTES];
        byte[] payload = in.readNBytes((int) length);
        if (key.length < KEY_BYTES || payload.length < length) {
            throw new EOFException("the client left in the middle of a message");
        }
        FrameHead.mask(payload, key);
        return payload;
    }
}
