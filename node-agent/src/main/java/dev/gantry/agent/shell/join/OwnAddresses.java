package dev.gantry.agent.shell.join;

import dev.gantry.agent.join.CannotJoin;
import dev.gantry.model.address.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** What this machine is called, and where it is reached. */
final class OwnAddresses {
    private OwnAddresses() {}

    /** Compat: the host's name in lower case, as the kubelet takes it. */
    static String hostName() throws IOException {
        return InetAddress.getLocalHost().getHostName().strip().toLowerCase(Locale.ROOT);
    }

    /** The address from which the server is reached, then one of the other family beside it. */
    static List<String> towards(String server) throws IOException {
        URI uri = URI.create(server);
        InetAddress primary = primary(uri);
        List<String> found = new ArrayList<>(List.of(text(primary)));
        NetworkInterface device = NetworkInterface.getByInetAddress(primary);
        if (device != null) {
            device.inetAddresses()
                    .filter(each -> each instanceof Inet6Address != primary instanceof Inet6Address)
                    .filter(each -> !each.isLinkLocalAddress() && !each.isLoopbackAddress())
                    .findFirst()
                    .ifPresent(each -> found.add(text(each)));
        }
        return found;
    }

    /** Nothing is sent: the kernel only looks which way it would go. */
    private static InetAddress primary(URI server) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            return socket.getLocalAddress();
        } catch (IllegalArgumentException | UncheckedIOException unknown) {
            throw new CannotJoin("there is no way to " + server, unknown);
        }
    }

    private static String text(InetAddress address) {
        return Address.ofHex(HexFormat.of().formatHex(address.getAddress())).toString();
    }
}
