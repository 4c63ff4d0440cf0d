package dev.gantry.agent.volume;

import java.util.Arrays;

/** One file of a volume. */
public record VolumeFile(byte[] content, int mode) {
    @Override
    public boolean equals(Object other) {
        return other instanceof VolumeFile file
                && mode == file.mode
                && Arrays.equals(content, file.content);
    }

    @Override
    public int hashCode() {
        return 31 * mode + Arrays.hashCode(content);
    }

    /** Never shows the content: it may be a secret. */
    @Override
    public String toString() {
        return "VolumeFile[%d bytes, %o]".formatted(content.length, mode);
    }
}
