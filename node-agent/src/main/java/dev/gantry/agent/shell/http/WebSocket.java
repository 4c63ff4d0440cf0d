package dev.gantry.agent.shell.http;

import dev.gantry.agent.shell.codec.CodecStream;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.io.IOException;
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
final class WebSocket implements RawClient {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocket.class);

    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final int MAX_MESSAGE_BYTES = 4 << 20;
    private static final byte[] NORMAL_CLOSURE = {(byte) (1000 >> 8), (byte) 1000};
    private static final WebSocketDecoderConfig LIMITS =
            WebSocketDecoderConfig.newBuilder()
                    .maxFramePayloadLength(MAX_MESSAGE_BYTES)
                    .closeOnProtocolViolation(false)
                    .build();

    private final Socket socket;
    private final CodecStream frames;
    private final Form form;
    private final ReentrantLock sending = new ReentrantLock();
    private final CountDownLatch left = new CountDownLatch(1);
    private boolean hasSaidGoodbye;

    /** Of the messages that are sent. */
    enum Form {
        TEXT,
        BINARY
    }

    private WebSocket(CodecStream frames, Socket socket, Form form) {
        this.frames = frames;
        this.socket = socket;
        this.form = form;
    }

    /** To be called once the client's request for it has been answered. */
    static WebSocket over(CodecStream messages, Socket socket, Form form) throws IOException {
        socket.setSoTimeout((int) RawTunnel.IDLE.toMillis());
        messages.become(
                new WebSocket13FrameEncoder(false),
                new WebSocket13FrameDecoder(LIMITS),
                new WebSocketFrameAggregator(MAX_MESSAGE_BYTES));
        return new WebSocket(messages, socket, form);
    }

    /** The next message; empty once the client has closed. */
    @Override
    public Optional<byte[]> read() throws IOException {
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
        for (Object frame = frames.read(); frame != null; frame = frames.read()) {
            switch (frame) {
                case CloseWebSocketFrame _ -> {
                    sayGoodbye();
                    return Optional.empty();
                }
                case PingWebSocketFrame ping -> sendFrame(new PongWebSocketFrame(ping.content()));
                case PongWebSocketFrame _ -> LOG.trace("{} is alive", socket);
                case WebSocketFrame message -> {
                    return Optional.of(ByteBufUtil.getBytes(message.content()));
                }
                default -> throw new IOException("no WebSocket frame: " + frame);
            }
        }
        return Optional.empty();
    }

    @Override
    public void send(byte[] message) throws IOException {
        var bytes = Unpooled.wrappedBuffer(message);
        sendFrame(
                switch (form) {
                    case TEXT -> new TextWebSocketFrame(bytes);
                    case BINARY -> new BinaryWebSocketFrame(bytes);
                });
    }

    /**
     * Says goodbye in good order, leaves the client a moment to do the same, and closes. Not to be
     * called by the thread that reads.
     */
    @Override
    public void finish() throws IOException {
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
            sendFrame(new CloseWebSocketFrame(true, 0, Unpooled.wrappedBuffer(NORMAL_CLOSURE)));
            hasSaidGoodbye = true;
        } finally {
            sending.unlock();
        }
    }

    private void sendFrame(WebSocketFrame frame) throws IOException {
        sending.lock();
        try {
            if (!hasSaidGoodbye) {
                frames.write(frame);
            }
        } finally {
            sending.unlock();
        }
    }
}
