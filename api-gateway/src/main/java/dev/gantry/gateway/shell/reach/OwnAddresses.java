package dev.gantry.gateway.shell.reach;

import dev.gantry.gateway.proxy.Reach;
import dev.gantry.model.address.Address;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/** The addresses of this machine, where the control plane itself listens. */
public final class OwnAddresses {
    private OwnAddresses() {}

    public static Reach excluded() {
        Set<Address> own = new HashSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(each -> Address.ofHex(HexFormat.of().formatHex(each.getAddress())))
                    .forEach(own::add);
        } catch (SocketException fault) {
            throw new UncheckedIOException(fault);
        }
        return new Reach(own);
    }
}
