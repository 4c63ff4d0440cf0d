package dev.gantry.state.shell.api.reply;

import dev.gantry.model.exchange.FrameSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chunks that are there already; it never waits. */
public final class ReadyFrames implements FrameSource {
    private final List<byte[]> chunks;
    private int sent;

    public ReadyFrames(List<byte[]> chunks) {
        this.chunks = chunks;
    }

    @Override
    public byte @Nullable [] next() {
        return sent < chunks.size() ? chunks.get(sent++) : null;
    }

    @Override
    public void close() {}
}
