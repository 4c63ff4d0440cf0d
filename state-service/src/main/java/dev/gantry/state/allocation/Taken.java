package dev.gantry.state.allocation;

/** What all other Services hold. */
public interface Taken {
    /**
     * @param address in its canonical text
     */
    boolean hasAddress(String address);

    /**
     * @param port written {@code 30080/TCP}
     */
    boolean hasPort(String port);
}
