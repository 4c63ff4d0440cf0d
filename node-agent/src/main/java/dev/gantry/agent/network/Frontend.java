package dev.gantry.agent.network;

import java.util.Comparator;

/**
 * Where packets for a Service arrive.
 *
 * @param address empty for a port on every address of the node
 */
public record Frontend(Scope scope, String address, String protocol, int port)
        implements Comparable<Frontend> {
    private static final Comparator<Frontend> ORDER =
            Comparator.comparing(Frontend::scope)
                    .thenComparing(Frontend::address)
                    .thenComparing(Frontend::protocol)
                    .thenComparing(Frontend::port);

    /** Whose packets are meant. */
    public enum Scope {
        ANYONE,
        /** Only the node's own processes and pods; goes before {@link #ANYONE}. */
        INSIDE
    }

    public boolean isNodePort() {
        return address.isEmpty();
    }

    @Override
    public int compareTo(Frontend other) {
        return ORDER.compare(this, other);
    }
}
