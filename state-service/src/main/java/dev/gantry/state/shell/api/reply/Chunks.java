package dev.gantry.state.shell.api.reply;

import java.util.List;

/** Arrays, one after the other. */
public final class Chunks {
    private Chunks() {}

    /** Cost: a single one is handed through as the array it is. */
    public static byte[] join(List<byte[]> chunks) {
        if (chunks.size() == 1) {
            return chunks.getFirst();
        }
        int length = 0;
        for (byte[] each : chunks) {
            length += each.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] each : chunks) {
            System.arraycopy(each, 0, all, at, each.length);
            at += each.length;
        }
        return all;
    }
}
