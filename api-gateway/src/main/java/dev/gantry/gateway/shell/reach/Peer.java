package dev.gantry.gateway.shell.reach;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The other end of a connection that is used for one conversation only.
 *
 * @param address whose name is the one that the other end has to prove
 * @param tls empty where it speaks in clear text
 */
public record Peer(InetSocketAddress address, Optional<SslContext> tls) {}
