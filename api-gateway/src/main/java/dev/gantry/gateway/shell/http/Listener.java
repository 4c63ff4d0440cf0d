package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.shell.limit.CancelledStreams;
import dev.gantry.gateway.shell.limit.Connections;
import dev.gantry.gateway.shell.limit.SlowClients;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/** The open ports: TLS, HTTP/1.1 and HTTP/2, bounded in every way a client could stretch. */
public final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);

    /** What a client that is cut off may still take, before its memory is given back. */
    private static final Duration FAREWELL = Duration.ofMillis(500);

    /**
     * What may wait on a connection beyond the system's own buffer. Small, for it is the memory of
     * those who take nothing: a frame more is all that each of them holds.
     */
    private static final WriteBufferWaterMark WATER_MARKS =
            new WriteBufferWaterMark(8 << 10, 16 << 10);

    /**
     * What the system takes of a reply beyond what is on its way, in bytes: without a limit it
     * buffers 2.5 MB for a client that reads nothing, all of it encoded and encrypted in vain.
     */
    private static final long UNSENT = 256L << 10;

    private static final Duration LAST_WORDS = Duration.ofSeconds(3);
    private static final Duration IDLE = Duration.ofMinutes(3);
    private static final Duration REQUEST_READ = Duration.ofSeconds(60);
    private static final int MOST_CONNECTIONS = 20_000;
    private static final int MOST_STREAMS = 1_000;
    private static final int HEADER_BYTES = 32 << 10;
    private static final int URI_BYTES = 32 << 10;
    private static final int STREAM_WINDOW_BYTES = 1 << 20;

    private final HttpServer template;
    private final List<InetSocketAddress> addresses;
    private final List<DisposableServer> open = new ArrayList<>();
    private final ChannelGroup all =
            new DefaultChannelGroup("gateway", GlobalEventExecutor.INSTANCE);

    public Listener(
            List<InetSocketAddress> addresses,
            SslContext tls,
            Connections connections,
            RequestEntry entry) {
        SlowClients slow = new SlowClients();
        CancelledStreams cancelled = new CancelledStreams(connections::isStranger);
        this.addresses = List.copyOf(addresses);
        this.template =
                HttpServer.create()
                        .secure(
                                spec ->
                                        spec.sslContext(tls)
                                                .handshakeTimeout(HANDSHAKE)
                                                .closeNotifyFlushTimeout(FAREWELL))
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
                        .doOnChannelInit(
                                (_, channel, _) -> {
                                    // Without epoll there is no such option, and nothing happens.
                                    channel.config()
                                            .setOption(
                                                    EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT);
                                    slow.mind(channel);
                                    connections.greet(channel);
                                    cancelled.mind(channel);
                                })
                        .protocol(HttpProtocol.HTTP11, HttpProtocol.H2)
                        .http2Settings(
                                settings ->
                                        settings.maxConcurrentStreams(MOST_STREAMS)
                                                .initialWindowSize(STREAM_WINDOW_BYTES)
                                                .maxHeaderListSize(HEADER_BYTES)
                                                // An idle connection may carry a quiet watch:
                                                // it is asked for a sign of life, not closed.
                                                .pingAckTimeout(LAST_WORDS))
                        .httpRequestDecoder(
                                decoder ->
                                        decoder.maxHeaderSize(HEADER_BYTES)
                                                .maxInitialLineLength(URI_BYTES)
                                                .validateHeaders(true))
                        .maxConnections(MOST_CONNECTIONS)
                        .idleTimeout(IDLE)
                        .requestTimeout(REQUEST_READ)
                        .channelGroup(all)
                        .handle(entry);
    }

    /** Opens every address, or none: what was opened before one that fails is closed again. */
    public void open() {
        for (InetSocketAddress address : addresses) {
            try {
                open.add(template.bindAddress(() -> address).bindNow());
            } catch (RuntimeException fault) {
                close();
                throw new IllegalStateException("cannot listen on " + address, fault);
            }
        }
        LOG.info("serving on {}", open.stream().map(each -> each.address().toString()).toList());
    }

    /** The first port, which is of interest where the system chose it. */
    public int port() {
        return open.getFirst().port();
    }

    /** Open streams end with their connections: waiting for a watch to end would take for ever. */
    @Override
    public void close() {
        all.close().awaitUninterruptibly(LAST_WORDS.toMillis());
        open.forEach(each -> each.disposeNow(LAST_WORDS));
        open.clear();
    }
}
