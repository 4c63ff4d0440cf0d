package dev.gantry.agent.volume;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * One file of a volume.
 *
 * @param owner where it is not root's
 */
public record VolumeFile(byte[] content, int mode, OptionalLong owner) {
    public VolumeFile(byte[] content, int mode) {
        this(content, mode, OptionalLong.empty());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VolumeFile file
                && mode == file.mode
                && owner.equals(file.owner)
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
